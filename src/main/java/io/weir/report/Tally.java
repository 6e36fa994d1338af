package io.weir.report;

/**
 * Some calls and how bad they are together.
 *
 * @param calls that could have been bad
 * @param amount how many were; or what they cost, in nano-dollars, exact up to nine million dollars
 * @param squares the sum of the squares of each call's amount
 */
record Tally(double calls, double amount, double squares) {
    static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(calls + other.calls, amount + other.amount, squares + other.squares);
    }

    Tally minus(Tally other) {
        return new Tally(calls - other.calls, amount - other.amount, squares - other.squares);
    }

    Tally times(double factor) {
        return new Tally(calls * factor, amount * factor, squares * factor);
    }

    /** The amount a call; 0 where there is none. */
    double rate() {
        return calls > 0 ? amount / calls : 0;
    }
}
