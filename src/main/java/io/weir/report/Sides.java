package io.weir.report;

/**
 * The same kind of calls in two times.
 *
 * @param now in the time that is asked about
 * @param before in the time it is set against
 */
record Sides(Tally now, Tally before) {
    static final Sides NONE = new Sides(Tally.NONE, Tally.NONE);

    Sides plus(Sides other) {
        return new Sides(now.plus(other.now), before.plus(other.before));
    }

    Sides minus(Sides other) {
        return new Sides(now.minus(other.now), before.minus(other.before));
    }

    Sides times(double factor) {
        return new Sides(now.times(factor), before.times(factor));
    }

    /** The other side as if it had had the same part of all calls. For traits it cannot have. */
    Sides alignedTo(Sides whole) {
        double part = whole.now.calls() > 0 ? now.calls() / whole.now.calls() : 0;
        return new Sides(now, whole.before.times(part));
    }
}
