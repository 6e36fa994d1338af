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
        BigDecimal usd = BigDecimal.valueOf(nanoUsd, NANO_DIGITS).stripTrailingZeros();
        if (usd.scale() < LEAST_DIGITS) {
            usd = usd.setScale(LEAST_DIGITS);
        }
        String digits = usd.abs().toPlainString();
        return nanoUsd < 0 ? "-$" + digits : "$" + digits;
    }
}
