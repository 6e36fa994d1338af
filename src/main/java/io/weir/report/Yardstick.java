package io.weir.report;

/** Tells how far calls of a kind are a cause of more trouble than before. */
sealed interface Yardstick permits RateYardstick, SpendYardstick {
    /** What speaks for the calls of {@code inside} among {@code all}. */
    Evidence of(Sides all, Sides inside);

    /** How many calls there are to judge by. */
    double cases(Tally calls);

    /** The amount beyond what the other time would give; negative where there is less. */
    double excess(Sides all);

    /** The chance of that if nothing had changed; 1 where a change is nothing special. */
    double chance(Sides all);
}
