package io.weir.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The ways to tell the past days, each with its chance: the level stayed, or it grew or shrank by
 * about the same part each day, or it changed once and stayed; and days are each by themselves, or
 * good and bad ones come in runs. A chance is what the way had before the days were seen, times how
 * probable it makes them.
 */
final class SpendStories {
    /**
     * The chances before any day was seen, so chosen that of made up months, of each way alike, 75
     * to 90 of 100 end within the range.
     */
    private static final double STAYED = 0.25;

    private static final double CHANGED_ONCE = 0.15;
    private static final double GREW = 0.6;

    /** A percent a day. */
    private static final double USUAL_GROWTH = 0.01;

    /** To the double, or to half. */
    private static final double USUAL_CHANGE = 0.7;

    /** A change is told from a few odd days by as many on each side. */
    private static final int LEAST_SIDE = 3;

    /** The part of a day's luck that the next one keeps. */
    private record Memory(double part, double chance) {}

    private static final List<Memory> MEMORIES =
            List.of(new Memory(0, 0.4), new Memory(0.4, 0.4), new Memory(0.8, 0.2));

    private final SpendRhythm rhythm;
    private final List<SpendStory> stories = new ArrayList<>();
    private final List<Double> logChances = new ArrayList<>();
    private final double[] upTo;

    /** Of the days of a rhythm, at least one. */
    SpendStories(SpendRhythm rhythm) {
        this.rhythm = rhythm;
        int[] ages = rhythm.ages();
        add(age -> 0, 0, 1, STAYED);
        add(age -> -age, 1, USUAL_GROWTH, GREW * told(ages[0]));
        int changes = ages.length - 2 * LEAST_SIDE + 1;
        for (int i = LEAST_SIDE; i <= ages.length - LEAST_SIDE; i++) {
            int since = ages[i];
            add(age -> age > since ? -1 : 0, 0, USUAL_CHANGE, CHANGED_ONCE / changes);
        }
        this.upTo = upTo();
    }

    /** One of them, as often as its chance is. */
    SpendStory pick(RandomGenerator random) {
        int index = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return stories.get(index < 0 ? -index - 1 : index);
    }

    /**
     * Growth takes weeks to be told from chance: the fewer there are, the less it is looked for.
     */
    private static double told(int days) {
        return Math.pow((double) days / DailySpend.MOST_DAYS, 2);
    }

    private void add(IntToDoubleFunction byAge, double perDay, double usualMove, double chance) {
        double[] past = Arrays.stream(rhythm.ages()).mapToDouble(byAge).toArray();
        SpendStory.Shape shape = new SpendStory.Shape(past, perDay, usualMove);
        for (Memory memory : MEMORIES) {
            SpendStory story = new SpendStory(rhythm, shape, memory.part());
            stories.add(story);
            logChances.add(Math.log(chance * memory.chance()) + story.evidence());
        }
    }

    /** The chances of each and all before it, in terms of the best one's. */
    private double[] upTo() {
        double best = Collections.max(logChances);
        double[] sums = logChances.stream().mapToDouble(log -> Math.exp(log - best)).toArray();
        Arrays.parallelPrefix(sums, Double::sum);
        return sums;
    }
}
