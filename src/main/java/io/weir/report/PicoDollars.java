package io.weir.report;

import java.math.BigInteger;

/** An exact sum of tokens at prices in pico-dollars a token. Mutable, for one thread. */
final class PicoDollars {
    private static final BigInteger IN_NANO = BigInteger.valueOf(1_000);

    private BigInteger sum = BigInteger.ZERO;

    /** Adds so many tokens at that price. */
    PicoDollars plus(long tokens, long rate) {
        sum = sum.add(BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(rate)));
        return this;
    }

    /** Whole nano-dollars, rounded down. */
    long nanoUsd() {
        return sum.divide(IN_NANO).longValueExact();
    }
}
