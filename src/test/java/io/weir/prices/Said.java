package io.weir.prices;

import io.weir.prices.PriceTable.Listing;
import io.weir.prices.PriceTable.Slot;
import java.time.LocalDate;

/** One table's listing of one model. */
record Said(PriceTable table, Listing listing) {
    /** The table gives no such price. */
    static final long NONE = -1;

    private static final long MAX_PLAUSIBLE_PICO_USD = 1_000_000_000;
    private static final long MOST_DISCOUNT_ON_CACHED = 100;
    private static final long MOST_DISCOUNT_OF_TIERS = 4;

    String source() {
        return table.origin().name();
    }

    LocalDate date() {
        return table.origin().date();
    }

    boolean byName() {
        return listing.byName();
    }

    /** The price in pico-dollars a token. */
    long price(Slot slot) {
        return listing.picoUsd().getOrDefault(slot, NONE);
    }

    /**
     * Whether there is a price that can be meant as one of tokens: columns get mixed up, points get
     * lost, and prices by the minute stand where those by the token belong.
     */
    boolean isPlausible(Slot slot) {
        long price = price(slot);
        if (price == NONE || price > MAX_PLAUSIBLE_PICO_USD) {
            return false;
        }
        boolean cheapTier = slot.tier() == Tier.BATCH || slot.tier() == Tier.FLEX;
        long standard = price(new Slot(Tier.STANDARD, slot.longContext(), slot.part()));
        if (cheapTier && standard != NONE && price * MOST_DISCOUNT_OF_TIERS < standard) {
            return false;
        }
        return inOrder(slot, price);
    }

    private boolean inOrder(Slot slot, long price) {
        long input = price(new Slot(slot.tier(), slot.longContext(), Part.INPUT));
        long audioIn = price(new Slot(slot.tier(), slot.longContext(), Part.INPUT_AUDIO));
        return switch (slot.part()) {
            case CACHE_READ ->
                    input == NONE || (price <= input && price * MOST_DISCOUNT_ON_CACHED >= input);
            case CACHE_WRITE -> input == NONE || price >= input;
            case OUTPUT_AUDIO -> audioIn == NONE || price >= audioIn;
            case INPUT, INPUT_AUDIO, INPUT_IMAGE, OUTPUT, REASONING, OUTPUT_IMAGE -> true;
        };
    }
}
