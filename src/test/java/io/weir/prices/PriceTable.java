package io.weir.prices;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Somebody's published table of OpenAI's prices. */
interface PriceTable {
    /** Where its long-context prices begin, the same in all tables; another number is an error. */
    long LONG_CONTEXT_ABOVE = 272_000;

    /** What binary fractions leave behind in a price, at most. */
    BigDecimal NOISE = new BigDecimal("0.001");

    /** What is known of the table itself. */
    Origin origin();

    /** The exact model names it knows. */
    SortedSet<String> names();

    /** What it says of that model, oldest prices first; empty where it says nothing. */
    List<Listing> listings(String model);

    /** Where a table was taken from. */
    record Origin(String name, LocalDate date, String repository, String commit, String licence) {}

    /** The place of one price. */
    record Slot(Tier tier, boolean longContext, Part part) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            return Comparator.comparing(Slot::tier)
                    .thenComparing(Slot::longContext)
                    .thenComparing(Slot::part)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return tier.word() + (longContext ? " long-context " : " ") + part.word();
        }
    }

    /**
     * What one table says of one model.
     *
     * @param byName whether it names the model, rather than a family that the model falls into
     * @param billedBy as in {@link PriceEntry}
     * @param from the day its prices begin, null where the table does not say
     * @param picoUsd the prices, never zero
     */
    record Listing(
            boolean byName,
            String billedBy,
            @Nullable LocalDate from,
            @Nullable LocalDate deprecated,
            TreeMap<Slot, Long> picoUsd) {}

    /**
     * A price in pico-dollars a token, cleaned of the noise of binary fractions.
     *
     * @param movePoint from the table's unit to pico-dollars a token
     * @throws ArithmeticException where more than noise would be lost
     */
    static long picoUsd(JsonNode number, int movePoint) {
        BigDecimal exact = number.decimalValue().movePointRight(movePoint);
        BigDecimal rounded = exact.setScale(0, RoundingMode.HALF_EVEN);
        if (exact.subtract(rounded).abs().compareTo(NOISE) > 0) {
            throw new ArithmeticException("not a whole number of pico-dollars: " + exact);
        }
        return rounded.longValueExact();
    }

    /** Puts a price unless it is zero: the tables write zero for what they do not know. */
    static void put(Map<Slot, Long> prices, Slot slot, long picoUsd) {
        if (picoUsd != 0) {
            prices.put(slot, picoUsd);
        }
    }
}
