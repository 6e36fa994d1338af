package io.weir.reconcile;

import io.weir.wire.Money;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * How far apart two amounts may be and still agree: by so much, or by such a part of the larger.
 *
 * @param millionths of the larger amount
 */
public record Tolerance(long nanoUsd, long millionths) {
    /** A cent, or half a percent, as it is written. */
    public static final String USUAL_TEXT = "0.01,0.5%";

    private static final int MILLION = 1_000_000;
    private static final int PERCENT_IN_MILLION_DIGITS = 4;

    /** The same. */
    public static final Tolerance USUAL = of(USUAL_TEXT);

    public Tolerance {
        if (nanoUsd < 0 || millionths < 0 || millionths > MILLION) {
            throw new IllegalArgumentException(
                    "a tolerance is an amount and a share up to 100 %%, not %d nano-dollars and %d millionths"
                            .formatted(nanoUsd, millionths));
        }
    }

    /**
     * A tolerance as it is written: dollars, {@code 0.01}, a share, {@code 0.5%}, or both with a
     * comma.
     *
     * @throws IllegalArgumentException saying how to write it
     */
    public static Tolerance of(String written) {
        long nanoUsd = 0;
        long millionths = 0;
        try {
            for (String part : written.split(",", -1)) {
                String text = part.strip();
                if (text.endsWith("%")) {
                    BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
                    millionths = percent.movePointRight(PERCENT_IN_MILLION_DIGITS).longValueExact();
                } else {
                    nanoUsd = Money.nanoUsd(text.startsWith("$") ? text.substring(1) : text);
                }
            }
            return new Tolerance(nanoUsd, millionths);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no tolerance: write dollars, a percentage, or both, such as 0.01,0.5%%"
                            .formatted(written),
                    e);
        }
    }

    /** Whether two amounts, or two counts, agree by the share alone. */
    boolean nearly(long one, long other) {
        BigInteger larger = BigInteger.valueOf(one).abs().max(BigInteger.valueOf(other).abs());
        BigInteger apart = BigInteger.valueOf(one).subtract(BigInteger.valueOf(other)).abs();
        return apart.multiply(BigInteger.valueOf(MILLION))
                        .compareTo(larger.multiply(BigInteger.valueOf(millionths)))
                <= 0;
    }

    /** Whether two amounts of nano-dollars agree. */
    boolean allows(long one, long other) {
        return Math.abs(Math.subtractExact(one, other)) <= nanoUsd || nearly(one, other);
    }

    @Override
    public String toString() {
        BigDecimal percent =
                BigDecimal.valueOf(millionths, PERCENT_IN_MILLION_DIGITS).stripTrailingZeros();
        return "%s or %s %%".formatted(Money.text(nanoUsd), percent.toPlainString());
    }
}
