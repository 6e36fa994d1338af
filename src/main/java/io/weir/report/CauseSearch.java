package io.weir.report;

import io.weir.report.WhyQuestion.Cell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds causes one by one: the best, then the best of what it leaves unexplained, until nothing
 * more stands out. A trait that only goes along with a cause has nothing left to explain once the
 * cause's calls are set aside, and is never named. Mutable, for one search.
 */
final class CauseSearch {
    private static final int MOST_CAUSES = 5;

    /** Fewer bad calls, or calls with a cost, are an anecdote. */
    static final double LEAST_CASES = 5;

    /** By chance, of all that was looked at. */
    private static final double MOST_CHANCE = 0.01;

    /** Whom calls of a kind must at least be worse than: the others, and what was expected. */
    private static final double LEAST_LIFT = 1.5;

    private static final double LEAST_EXPLAINED = 0.1;

    /** Of everything that is bad, expected or not. */
    private static final double LEAST_OF_ALL = 0.03;

    /** That what a second trait leaves out is better by chance only. */
    private static final double MOST_CHANCE_OF_PAIR = 1e-3;

    /** And it has to tell so much more, for one trait is easier to act on than two. */
    private static final double PAIR_FACTOR = 1.05;

    private static final double PAIR_EXTRA = 3;

    private final Yardstick yardstick;
    private final List<Trait> traits;
    private final List<Cell> cells;
    private final Sides all;
    private final int tries;
    private final List<Cause> causes = new ArrayList<>();
    private List<Cell> left;
    private double explained;

    /**
     * A search.
     *
     * @param cells the calls by which of {@code traits} they have
     * @param valuesSeen how many values the traits were chosen from
     */
    CauseSearch(Yardstick yardstick, List<Trait> traits, List<Cell> cells, int valuesSeen) {
        this.yardstick = yardstick;
        this.traits = traits;
        this.cells = cells;
        this.left = cells;
        this.all = sum(cells, 0);
        this.tries = valuesSeen + traits.size() * traits.size() / 2;
    }

    /** The causes, the best first. */
    List<Cause> causes() {
        search(candidates(false));
        boolean isWorse = yardstick.excess(all) > LEAST_OF_ALL * all.now().amount();
        if (isWorse && explained < 0.5) {
            search(candidates(true));
        }
        if (isWorse && explained < 0.5) {
            addEverything();
        }
        return causes;
    }

    /** As bits: single traits and pairs of two attributes; or what is a symptom, alone. */
    private List<Long> candidates(boolean symptoms) {
        List<Long> candidates = new ArrayList<>();
        for (int i = 0; i < traits.size(); i++) {
            Attribute one = traits.get(i).attribute();
            if (one.isSymptom() != symptoms) {
                continue;
            }
            candidates.add(1L << i);
            for (int j = i + 1; j < traits.size() && !symptoms; j++) {
                Attribute other = traits.get(j).attribute();
                if (other != one && !other.isSymptom()) {
                    candidates.add(1L << i | 1L << j);
                }
            }
        }
        return candidates;
    }

    private void search(List<Long> candidates) {
        while (causes.size() < MOST_CAUSES) {
            Choice best = best(candidates);
            if (best == null) {
                return;
            }
            explained += best.explained;
            causes.add(
                    new Cause(
                            traits(best.bits),
                            inside(cells, best.bits),
                            best.evidence.lift(),
                            best.explained,
                            Math.min(1, best.evidence.chance() * tries),
                            symptom(best.bits)));
            left = without(best.bits);
        }
    }

    private @Nullable Choice best(List<Long> candidates) {
        Sides rest = sum(left, 0);
        Choice best = null;
        for (long bits : candidates) {
            Choice choice = choice(rest, bits);
            if (choice != null && (best == null || choice.score > best.score)) {
                best = choice;
            }
        }
        return best;
    }

    /** Null where the calls do not stand out. */
    private @Nullable Choice choice(Sides rest, long bits) {
        Sides inside = inside(left, bits);
        Evidence evidence = yardstick.of(rest, inside);
        double share = evidence.excess() / Math.max(yardstick.excess(all), evidence.excess());
        if (yardstick.cases(inside.now()) < LEAST_CASES
                || evidence.chance() * tries > MOST_CHANCE
                || evidence.lift() < LEAST_LIFT
                || inside.now().amount() < LEAST_LIFT * evidence.expected()
                || share < LEAST_EXPLAINED
                || evidence.excess() < LEAST_OF_ALL * all.now().amount()
                || !isNarrowing(bits, inside)) {
            return null;
        }
        double score =
                Long.bitCount(bits) == 1
                        ? evidence.score()
                        : evidence.score() / PAIR_FACTOR - PAIR_EXTRA;
        return new Choice(bits, evidence, share, score);
    }

    /**
     * Whether each trait of a pair leaves out calls that are better than those it leaves in:
     * otherwise the calls that happened to be good would decide who is named.
     */
    private boolean isNarrowing(long bits, Sides inside) {
        for (int i = 0; i < traits.size() && Long.bitCount(bits) > 1; i++) {
            long other = bits & ~(1L << i);
            if (other != bits
                    && yardstick.of(inside(left, other), inside).chance() > MOST_CHANCE_OF_PAIR) {
                return false;
            }
        }
        return true;
    }

    private Sides inside(List<Cell> of, long bits) {
        long times = times();
        Sides inside = sum(of, bits);
        return (bits & times) == 0 ? inside : inside.alignedTo(sum(of, bits & ~times));
    }

    private List<Cell> without(long bits) {
        return left.stream()
                .map(cell -> (cell.traits() & bits) == bits ? new Cell(0, Sides.NONE) : cell)
                .toList();
    }

    private void addEverything() {
        double chance = yardstick.chance(all) * tries;
        double lift = all.now().rate() / Math.max(all.before().rate(), 1 / all.before().calls());
        if (all.now().amount() >= 4 * LEAST_CASES && chance <= MOST_CHANCE && lift >= LEAST_LIFT) {
            causes.add(new Cause(List.of(), all, lift, 1 - explained, chance, symptom(0)));
        }
    }

    private @Nullable Trait symptom(long bits) {
        double bad = sum(cells, bits).now().amount();
        for (int i = 0; i < traits.size(); i++) {
            if (traits.get(i).attribute() == Attribute.ERROR
                    && (bits >> i & 1) == 0
                    && sum(cells, bits | 1L << i).now().amount() >= 0.6 * bad) {
                return traits.get(i);
            }
        }
        return null;
    }

    private List<Trait> traits(long bits) {
        List<Trait> chosen = new ArrayList<>();
        for (int i = 0; i < traits.size(); i++) {
            if ((bits >> i & 1) == 1) {
                chosen.add(traits.get(i));
            }
        }
        return chosen;
    }

    private long times() {
        long times = 0;
        for (int i = 0; i < traits.size(); i++) {
            times |= traits.get(i).attribute().isTime() ? 1L << i : 0;
        }
        return times;
    }

    /** Of the calls that have at least these traits. */
    private static Sides sum(List<Cell> cells, long bits) {
        Sides sum = Sides.NONE;
        for (Cell cell : cells) {
            sum = (cell.traits() & bits) == bits ? sum.plus(cell.sides()) : sum;
        }
        return sum;
    }

    private record Choice(long bits, Evidence evidence, double explained, double score) {}
}
