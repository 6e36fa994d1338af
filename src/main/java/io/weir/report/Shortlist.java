package io.weir.report;

import io.weir.report.WhyQuestion.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The traits that are worth a closer look, best first.
 *
 * @param seen how many were looked at to find them
 */
record Shortlist(List<Trait> traits, int seen) {
    private static final int MOST = 9;
    private static final int MOST_SYMPTOMS = 4;

    /** So that an attribute with many values leaves room for the one that matters. */
    private static final int MOST_OF_ONE = 3;

    /**
     * The shortlist.
     *
     * @param counted the tallies of all calls, then those of each value in order
     */
    static Shortlist of(Yardstick yardstick, Trouble trouble, List<Counted> counted) {
        Sides all = counted.getFirst().sides(trouble);
        List<Scored> scored = new ArrayList<>();
        int seen = 0;
        for (Valued valued : valued(trouble, counted)) {
            Sides sides =
                    valued.trait.attribute().isTime() ? valued.sides.alignedTo(all) : valued.sides;
            if (yardstick.cases(sides.now()) >= CauseSearch.LEAST_CASES) {
                seen++;
                Evidence evidence = yardstick.of(all, sides);
                if (evidence.score() > 0) {
                    scored.add(new Scored(valued.trait, evidence.score()));
                }
            }
        }
        scored.sort(
                Comparator.comparingDouble((Scored one) -> -one.score)
                        .thenComparing(one -> one.trait.attribute())
                        .thenComparing(one -> one.trait.value()));
        return new Shortlist(best(scored), seen);
    }

    private static List<Trait> best(List<Scored> scored) {
        Map<Attribute, Integer> taken = new EnumMap<>(Attribute.class);
        List<Trait> traits = new ArrayList<>();
        List<Trait> symptoms = new ArrayList<>();
        for (Scored one : scored) {
            Attribute attribute = one.trait.attribute();
            List<Trait> list = attribute.isSymptom() ? symptoms : traits;
            if (list.size() < (attribute.isSymptom() ? MOST_SYMPTOMS : MOST)
                    && taken.merge(attribute, 1, Integer::sum) <= MOST_OF_ONE) {
                list.add(one.trait);
            }
        }
        traits.addAll(symptoms);
        return traits;
    }

    private static List<Valued> valued(Trouble trouble, List<Counted> counted) {
        Map<Attribute, List<Valued>> valued = new EnumMap<>(Attribute.class);
        for (Counted one : counted) {
            Attribute attribute = one.attribute();
            if (attribute != null && attribute.explains(trouble)) {
                valued.computeIfAbsent(attribute, empty -> new ArrayList<>())
                        .add(new Valued(new Trait(attribute, one.value()), one.sides(trouble)));
            }
        }
        valued.replaceAll((attribute, list) -> attribute.isOrdered() ? fromEachOn(list) : list);
        return valued.values().stream().flatMap(List::stream).toList();
    }

    /** Each value with all above; not the least, which is every call. */
    private static List<Valued> fromEachOn(List<Valued> values) {
        List<Valued> ascending =
                values.stream()
                        .sorted(
                                Comparator.comparingLong(
                                        (Valued one) -> Long.parseLong(one.trait.value())))
                        .toList();
        List<Valued> fromEachOn = new ArrayList<>();
        Sides above = Sides.NONE;
        for (int i = ascending.size() - 1; i > 0; i--) {
            above = above.plus(ascending.get(i).sides);
            fromEachOn.add(new Valued(ascending.get(i).trait, above));
        }
        return fromEachOn;
    }

    private record Valued(Trait trait, Sides sides) {}

    private record Scored(Trait trait, double score) {}
}
