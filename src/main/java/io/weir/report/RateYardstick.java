package io.weir.report;

/**
 * For calls that are bad or not. What was to be expected of a kind of calls is what they would have
 * at the other time's rate of all calls, and as much above or below it as they were then: so the
 * excesses of an attribute's values sum to the excess of all, a kind that has always been bad
 * explains nothing, and one that has always been bad and is now asked for more often does.
 */
record RateYardstick() implements Yardstick {
    @Override
    public Evidence of(Sides all, Sides inside) {
        Tally now = inside.now();
        Sides outside = all.minus(inside);
        double rate = smoothed(all.before());
        double usual = now.calls() * rate + scale(all) * deviation(inside.before(), rate);
        double expected = Math.clamp(usual, 0.5, Math.max(0.5, now.calls() - 0.5));
        double local = Chances.higher(now, outside.now());
        double fresh = Chances.higher(share(now, all.now()), share(inside.before(), all.before()));
        return new Evidence(
                now.amount() - expected,
                expected,
                now.amount() > expected ? divergence(now, expected) : 0,
                outside.now().amount() > 0
                        ? now.rate() / outside.now().rate()
                        : Double.POSITIVE_INFINITY,
                Math.max(local, fresh));
    }

    @Override
    public double cases(Tally calls) {
        return calls.amount();
    }

    @Override
    public double excess(Sides all) {
        return all.now().amount() - scale(all) * all.before().amount();
    }

    @Override
    public double chance(Sides all) {
        return Chances.higher(all.now(), all.before());
    }

    private static double scale(Sides all) {
        return all.before().calls() > 0 ? all.now().calls() / all.before().calls() : 0;
    }

    /**
     * How far calls were above or below that rate, without what is as likely noise: otherwise those
     * that happened to be good look best as a cause.
     */
    private static double deviation(Tally before, double rate) {
        double deviation = before.amount() - before.calls() * rate;
        double noise = 4 * before.calls() * rate * (1 - rate);
        double square = deviation * deviation;
        return square <= noise ? 0 : deviation * (1 - noise / square);
    }

    private static double smoothed(Tally tally) {
        return (tally.amount() + 0.5) / (tally.calls() + 1);
    }

    /** Bad calls of a kind, out of all calls. */
    private static Tally share(Tally inside, Tally all) {
        return new Tally(all.calls(), inside.amount(), inside.squares());
    }

    /** The log-likelihood ratio of the rate there is against the one expected. */
    private static double divergence(Tally now, double expected) {
        double good = now.calls() - now.amount();
        return now.amount() * Math.log(now.amount() / expected)
                + (good > 0 ? good * Math.log(good / (now.calls() - expected)) : 0);
    }
}
