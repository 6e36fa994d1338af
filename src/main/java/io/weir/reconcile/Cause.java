package io.weir.reconcile;

import io.weir.wire.Money;
import java.util.Locale;

/**
 * Why a bill and the ledger differ, most probably: the first whose rule holds. Each shows what
 * makes it probable.
 */
enum Cause {
    /** They do not differ, or by no more than is tolerated. */
    AGREES("agrees") {
        @Override
        boolean holds(Pair pair) {
            return pair.difference() == 0;
        }

        @Override
        String evidence(Pair pair) {
            return "";
        }
    },
    /** Each call and each line of a bill is rounded to a nano-dollar. */
    ROUNDING("rounding") {
        @Override
        boolean holds(Pair pair) {
            return Math.abs(pair.difference()) <= pair.booked().calls();
        }

        @Override
        String evidence(Pair pair) {
            return "%s over %s: at most a nano-dollar each"
                    .formatted(Money.text(pair.difference()), calls(pair.booked().calls()));
        }
    },
    /** The amounts differ by no more than is tolerated. */
    TOLERATED("within tolerance") {
        @Override
        boolean holds(Pair pair) {
            return pair.agrees();
        }

        @Override
        String evidence(Pair pair) {
            return "";
        }
    },
    /** A neighbouring day is off by as much the other way. */
    DAY_BORDER("border of days") {
        @Override
        boolean holds(Pair pair) {
            return pair.cancelledBy(pair.before()) || pair.cancelledBy(pair.after());
        }

        @Override
        String evidence(Pair pair) {
            boolean after = pair.cancelledBy(pair.after());
            long there = after ? pair.after() : pair.before();
            return "%s here and %s on %s cancel out: the provider counts calls on another day than Weir, which goes by when it received them"
                    .formatted(
                            Money.text(pair.difference()),
                            Money.text(there),
                            pair.slot().plusDays(after ? 1 : -1).day());
        }
    },
    /** The ledger has calls without a price. */
    UNPRICED("unpriced calls") {
        @Override
        boolean holds(Pair pair) {
            return pair.booked().unpriced() > 0
                    && pair.difference() > 0
                    && (pair.sameUse() || !pair.usageKnown());
        }

        @Override
        String evidence(Pair pair) {
            return "%s of the ledger's %s have no price: weir report cost names the models"
                    .formatted(count(pair.booked().unpriced()), calls(pair.booked().calls()));
        }
    },
    /** A batch costs half, and so does flex; priority costs more. */
    TIER("batch or service tier") {
        @Override
        boolean holds(Pair pair) {
            return pair.sameUse()
                    && (pair.billed().apart() > 0
                            || (pair.perMille() >= LEAST_HALF && pair.perMille() <= MOST_HALF));
        }

        @Override
        String evidence(Pair pair) {
            String apart =
                    pair.billed().apart() == 0
                            ? "as batches and flex do"
                            : "%s were in a batch or another service tier"
                                    .formatted(requests(pair.billed().apart()));
            return "tokens agree, and the bill is %s of the ledger's amount; %s"
                    .formatted(percent(pair), apart);
        }
    },
    /** The price book is not what the provider bills by. */
    PRICES("other prices") {
        @Override
        boolean holds(Pair pair) {
            return pair.sameUse() && pair.booked().nanoUsd() > 0;
        }

        @Override
        String evidence(Pair pair) {
            return "tokens agree (%s), and the bill is %s of the ledger's amount: compare the price book with the provider's list"
                    .formatted(count(pair.booked().tokens()), percent(pair));
        }
    },
    /** Calls that broke off, or whose usage Weir had to count, make up for it. */
    UNSURE("calls cut off or estimated") {
        @Override
        boolean holds(Pair pair) {
            return pair.usageKnown()
                    && pair.booked().unsure() > 0
                    && pair.moreRequests() <= 0
                    && -pair.moreRequests() <= pair.booked().unsure();
        }

        @Override
        String evidence(Pair pair) {
            return "the provider did not tell Weir the usage of %s; the ledger has %s tokens for them, and the provider has %s tokens %s in all"
                    .formatted(
                            calls(pair.booked().unsure()),
                            count(pair.booked().unsureTokens()),
                            count(Math.abs(pair.moreTokens())),
                            pair.moreTokens() < 0 ? "fewer" : "more");
        }
    },
    /** Somebody calls the provider without Weir. */
    BYPASS("traffic past Weir") {
        @Override
        boolean holds(Pair pair) {
            return pair.difference() > 0
                    && (pair.usageKnown()
                            ? pair.moreRequests() >= 0
                                    && pair.moreTokens() >= 0
                                    && pair.moreRequests() + pair.moreTokens() > 0
                            : pair.booked().calls() == 0);
        }

        @Override
        String evidence(Pair pair) {
            return pair.usageKnown()
                    ? "the provider has %s and %s tokens that the ledger does not: who else has a key of this account?"
                            .formatted(requests(pair.moreRequests()), count(pair.moreTokens()))
                    : "the ledger has no call of this model: who else has a key of this account?";
        }
    },
    /** Something that is not counted in tokens: tools, sessions, storage. */
    OTHER_SERVICE("not counted in tokens") {
        @Override
        boolean holds(Pair pair) {
            return pair.usageKnown() && pair.booked().calls() == 0 && pair.difference() > 0;
        }

        @Override
        String evidence(Pair pair) {
            return "the provider bills it, and shows no requests for it";
        }
    },
    /** The provider has less than the ledger. */
    MISSING("missing from the bill") {
        @Override
        boolean holds(Pair pair) {
            return pair.difference() < 0
                    && (pair.usageKnown()
                            ? pair.moreRequests() <= 0
                                    && pair.moreTokens() <= 0
                                    && pair.moreRequests() + pair.moreTokens() < 0
                            : pair.billed().nanoUsd() == 0);
        }

        @Override
        String evidence(Pair pair) {
            return pair.usageKnown()
                    ? "the provider has %s and %s tokens less than the ledger: its books are late, or these calls went to another account"
                            .formatted(requests(-pair.moreRequests()), count(-pair.moreTokens()))
                    : "the bill has nothing of it: its books are late, or these calls went to another account";
        }
    },
    /** None of these. */
    UNKNOWN("unknown") {
        @Override
        boolean holds(Pair pair) {
            return true;
        }

        @Override
        String evidence(Pair pair) {
            return pair.usageKnown()
                    ? "neither requests nor tokens say why"
                    : "costs alone do not say why: give the provider's usage too";
        }
    };

    private static final long LEAST_HALF = 450;
    private static final long MOST_HALF = 550;

    private final String words;

    Cause(String words) {
        this.words = words;
    }

    /** The likely cause of a difference. */
    static Cause of(Pair pair) {
        for (Cause cause : values()) {
            if (cause.holds(pair)) {
                return cause;
            }
        }
        return UNKNOWN;
    }

    /** Its name for people. */
    String words() {
        return words;
    }

    /** Whether the figures are as this cause makes them, where none before it holds. */
    abstract boolean holds(Pair pair);

    /** What makes it probable, in a sentence without an end; empty where nothing is to be said. */
    abstract String evidence(Pair pair);

    private static String percent(Pair pair) {
        return String.format(Locale.ROOT, "%.1f %%", pair.perMille() / 10.0);
    }

    private static String calls(long number) {
        return count(number) + (number == 1 ? " call" : " calls");
    }

    private static String requests(long number) {
        return count(number) + (number == 1 ? " request" : " requests");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
