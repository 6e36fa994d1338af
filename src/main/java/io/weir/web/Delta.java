package io.weir.web;

/**
 * How a figure compares with the same time before.
 *
 * @param text empty where there is nothing to compare with
 * @param arrow {@code up}, {@code down} or {@code flat}
 * @param tone {@code good}, {@code bad} or {@code plain}
 */
record Delta(String text, String arrow, String tone) {
    /** Nothing to compare with. */
    static final Delta NONE = new Delta("", "flat", "plain");

    private static final double NOTABLE = 0.005;

    /** What a change of a figure means. */
    enum Meaning {
        /** More is worse: errors, waiting. */
        LESS_IS_BETTER,
        /** Neither: traffic, tokens, money. */
        NEUTRAL
    }

    /** The change from one number to another; NaN is no number. */
    static Delta of(double before, double now, Meaning meaning) {
        if (Double.isNaN(before) || Double.isNaN(now)) {
            return NONE;
        }
        if (before == 0) {
            return now == 0
                    ? new Delta("no change", "flat", "plain")
                    : new Delta("new", "up", tone(true, meaning));
        }
        double change = now / before - 1;
        if (Math.abs(change) < NOTABLE) {
            return new Delta("no change", "flat", "plain");
        }
        boolean up = change > 0;
        return new Delta(words(change, now / before), up ? "up" : "down", tone(up, meaning));
    }

    private static String words(double change, double times) {
        return times >= 10
                ? "×" + Figures.count(Math.round(times)).text()
                : Figures.share(Math.abs(change)).text();
    }

    private static String tone(boolean up, Meaning meaning) {
        return switch (meaning) {
            case NEUTRAL -> "plain";
            case LESS_IS_BETTER -> up ? "bad" : "good";
        };
    }
}
