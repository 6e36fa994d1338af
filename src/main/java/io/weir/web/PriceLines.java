package io.weir.web;

import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.prices.Part;
import io.weir.prices.PriceBook;
import io.weir.prices.Rates;
import io.weir.wire.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call used, part by part, and what each part costs.
 *
 * @param sum what the call was recorded to cost, or why that is not known
 * @param note what else there is to say of the price; empty for nothing
 */
record PriceLines(List<Line> lines, String sum, String note) {
    private static final int PICO_DIGITS = 12;
    private static final int NANO_DIGITS = 9;
    private static final int MICRO_DIGITS = 6;

    /**
     * A part.
     *
     * @param rate dollars a million tokens; empty where it is not known
     * @param amount exact; empty where it is not known
     */
    record Line(String part, String tokens, String rate, String amount) {}

    static PriceLines of(CallRecord call, PriceBook book) {
        return switch (call.cost()) {
            case Cost.Priced priced -> priced(call, priced, book);
            case Cost.Unpriced unpriced ->
                    new PriceLines(lines(call, null), "unpriced", unpriced.reason());
            case Cost.Free free -> new PriceLines(lines(call, null), "free", "");
        };
    }

    /** A cost in words, with what it was found by. */
    static String words(Cost cost) {
        return switch (cost) {
            case Cost.Priced priced -> Money.text(priced.nanoUsd()) + " by " + priced.priceId();
            case Cost.Unpriced unpriced -> "unpriced, " + unpriced.reason();
            case Cost.Free free -> "free";
        };
    }

    private static PriceLines priced(CallRecord call, Cost.Priced priced, PriceBook book) {
        @Nullable Rates rates = book.rates(priced.priceId()).orElse(null);
        boolean same = rates != null && nanoUsd(call, rates) == priced.nanoUsd();
        String note =
                "Price "
                        + priced.priceId()
                        + (same ? "." : "; the price book has other prices now.");
        return new PriceLines(lines(call, same ? rates : null), Money.text(priced.nanoUsd()), note);
    }

    private static List<Line> lines(CallRecord call, @Nullable Rates rates) {
        List<Line> lines = new ArrayList<>();
        for (Part part : Part.values()) {
            long tokens = part.tokens(call.usage());
            if (tokens > 0) {
                lines.add(
                        new Line(
                                part.description(),
                                Figures.count(tokens).text(),
                                rates == null ? "" : dollars(part.rate(rates), MICRO_DIGITS),
                                rates == null ? "" : plain(picoUsd(tokens, part.rate(rates)))));
            }
        }
        return lines;
    }

    private static long nanoUsd(CallRecord call, Rates rates) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Part part : Part.values()) {
            long tokens = part.tokens(call.usage());
            sum = tokens > 0 ? sum.add(picoUsd(tokens, part.rate(rates))) : sum;
        }
        return sum.setScale(NANO_DIGITS, RoundingMode.HALF_UP).unscaledValue().longValue();
    }

    private static BigDecimal picoUsd(long tokens, long rate) {
        return BigDecimal.valueOf(tokens)
                .multiply(BigDecimal.valueOf(rate))
                .movePointLeft(PICO_DIGITS);
    }

    private static String dollars(long amount, int digits) {
        return plain(BigDecimal.valueOf(amount, digits));
    }

    private static String plain(BigDecimal dollars) {
        BigDecimal shown = dollars.stripTrailingZeros();
        return "$" + (shown.scale() < 2 ? shown.setScale(2) : shown).toPlainString();
    }
}
