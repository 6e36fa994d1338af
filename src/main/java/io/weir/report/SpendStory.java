package io.weir.report;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * One way to tell the past days, and how it goes on: the level it ends at, what it grows by each
 * day, and the days' luck around it, of which each day hands on a part to the next.
 */
final class SpendStory {
    /** Added to ratios, so that a day without spend has a logarithm, a low one. */
    private static final double FLOOR = 0.05;

    private final Shape shape;
    private final double memory;
    private final SpendFit fit;
    private final double usualLuck;
    private final double lastLuck;
    private final double[] fresh;

    /**
     * How a level moves, as a part of itself.
     *
     * @param past where it was on each day for a move of one, being zero now
     * @param perDay what a move of one adds each day from now on
     * @param usualMove how far such moves usually go, as a standard deviation
     */
    record Shape(double[] past, double perDay, double usualMove) {}

    SpendStory(SpendRhythm rhythm, Shape shape, double memory) {
        this.shape = shape;
        this.memory = memory;
        double[] logs =
                Arrays.stream(rhythm.ratios()).map(ratio -> Math.log(ratio + FLOOR)).toArray();
        int freedom = Math.max(2, logs.length - rhythm.kinds());
        this.fit =
                SpendFit.of(
                        new SpendFit.Days(logs, freedom), shape.past(), shape.usualMove(), memory);
        double[] luck = new double[logs.length];
        Arrays.setAll(luck, i -> Math.exp(logs[i] - fit.level() - fit.move() * shape.past()[i]));
        this.usualLuck = Arrays.stream(luck).average().orElse(1);
        double wider = Math.sqrt((double) (logs.length + rhythm.kinds()) / freedom);
        Arrays.setAll(luck, i -> wider * (luck[i] - usualLuck));
        this.lastLuck = luck[luck.length - 1];
        double first = Math.sqrt(1 - memory * memory);
        this.fresh = new double[luck.length];
        Arrays.setAll(fresh, i -> SpendFit.fresh(luck, i, memory, first));
    }

    /** The logarithm of how probable it makes the past days, up to a constant. */
    double evidence() {
        return fit.evidence();
    }

    /** One way that it may go on: a ratio for each day, today first. */
    void goOn(double[] ratios, RandomGenerator random) {
        SpendFit drawn = fit.redrawn(random);
        double level = Math.exp(drawn.level());
        double growth = Math.exp(drawn.move() * shape.perDay());
        double luck = lastLuck;
        for (int day = 0; day < ratios.length; day++) {
            luck = memory * luck + fresh[random.nextInt(fresh.length)];
            ratios[day] = Math.max(0, level * (usualLuck + luck) - FLOOR);
            level *= growth;
        }
    }
}
