package io.weir.wire;

import java.math.BigDecimal;

/** Amounts of money: whole nano-dollars, billionths of a US dollar, in a long. */
public final class Money {
    private static final int NANO_DIGITS = 9;
    private static final int LEAST_DIGITS = 2;

    private Money() {}

    /**
     * The exact amount in words, {@code $0.000123456}: never rounded, never in exponents, at least
     * two digits after the point.
     */
    public static String text(long nanoUsd) {
        String usd = usd(nanoUsd);
        return nanoUsd < 0 ? "-$" + usd.substring(1) : "$" + usd;
    }

    /** The same for machines, in dollars: {@code 0.000123456}. */
    public static String usd(long nanoUsd) {
        BigDecimal usd = BigDecimal.valueOf(nanoUsd, NANO_DIGITS).stripTrailingZeros();
        return (usd.scale() < LEAST_DIGITS ? usd.setScale(LEAST_DIGITS) : usd).toPlainString();
    }

    /**
     * The amount in such a text.
     *
     * @throws NumberFormatException where it is no number
     * @throws ArithmeticException where it is no whole number of nano-dollars, or too large
     */
    public static long nanoUsd(String usd) {
        return new BigDecimal(usd).movePointRight(NANO_DIGITS).longValueExact();
    }
}
