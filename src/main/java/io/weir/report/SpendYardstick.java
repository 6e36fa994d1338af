package io.weir.report;

/**
 * For what calls cost. What was to be expected of a kind of calls is what they cost before, grown
 * as the spend of all others has: a busier hour alone makes nothing stand out, and neither does a
 * spend that stays where it is while that of others falls.
 *
 * @param pace the length of the time asked about, in lengths of the other
 */
record SpendYardstick(double pace) implements Yardstick {
    @Override
    public Evidence of(Sides all, Sides inside) {
        Sides outside = all.minus(inside);
        if (outside.before().amount() <= 0 || outside.now().amount() <= 0) {
            return Evidence.NONE;
        }
        double growth = Math.max(pace, outside.now().amount() / outside.before().amount());
        double usual = growth * inside.before().amount();
        double excess = inside.now().amount() - usual;
        double unit = all.now().squares() / all.now().amount();
        double expected = Math.max(usual, unit / 2);
        double variance =
                inside.now().squares()
                        + growth * growth * inside.before().squares()
                        + usual * usual * (spread(outside.now()) + spread(outside.before()));
        return new Evidence(
                excess,
                expected,
                excess > 0 ? divergence(inside.now().amount(), expected) / unit : 0,
                usual > 0 ? inside.now().amount() / usual : Double.POSITIVE_INFINITY,
                variance > 0 ? Chances.above(excess / Math.sqrt(variance)) : 1);
    }

    @Override
    public double cases(Tally calls) {
        return calls.amount() > 0 ? calls.calls() : 0;
    }

    @Override
    public double excess(Sides all) {
        return all.now().amount() - pace * all.before().amount();
    }

    /** Spend rises and falls with the day. */
    @Override
    public double chance(Sides all) {
        return 1;
    }

    /** The relative variance of a sum of independent amounts. */
    private static double spread(Tally tally) {
        return tally.squares() / (tally.amount() * tally.amount());
    }

    private static double divergence(double amount, double expected) {
        return amount > 0 ? amount * Math.log(amount / expected) - (amount - expected) : 0;
    }
}
