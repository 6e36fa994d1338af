package io.weir.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Cost;
import io.weir.prices.PriceTable.Listing;
import io.weir.prices.PriceTable.Slot;
import io.weir.wire.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The shipped book against the tables it comes from, by way of a slow model in decimals. */
class DerivePriceBookTest {
    private static final Instant NOW = Instant.parse("2026-11-22T01:02:03Z");
    private static final List<PriceTable> TABLES = DerivePriceBook.extracts();
    private static final PriceBook SHIPPED = PriceBook.shipped();

    @Test
    void theBookAndItsPageAreNotStale() throws IOException {
        Derivation derivation = new Derivation(TABLES);
        assertThat(Files.readString(DerivePriceBook.BOOK))
                .isEqualTo(PriceBookText.json(derivation));
        assertThat(Files.readString(DerivePriceBook.PAGE))
                .isEqualTo(DerivePriceBook.page(derivation));
        assertThat(SHIPPED.entries()).isEqualTo(derivation.entries());
    }

    @Test
    void everyModelOfEveryTableIsInTheBook() {
        for (PriceTable table : TABLES) {
            for (String name : table.names()) {
                Listing listing = table.listings(name).getLast();
                boolean silent =
                        listing.picoUsd().isEmpty() && listing.billedBy().equals(PriceEntry.TOKENS);
                if (!silent) {
                    assertThat(SHIPPED.entry(name, NOW)).as(name).isPresent();
                }
            }
        }
    }

    @Test
    void pricesEveryModelAsTheTablesThatAgree() {
        Random random = new Random(20261122);
        int compared = 0;
        for (PriceEntry entry : SHIPPED.entries()) {
            for (String name : entry.names()) {
                for (PriceTable table : agreeing(entry)) {
                    for (Listing listing : table.listings(name)) {
                        boolean last = listing.equals(table.listings(name).getLast());
                        compared += compare(name, listing, last ? NOW : Instant.EPOCH, random);
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(700);
    }

    @Test
    void mostModelsAreAgreedByEveryTableThatKnowsThem() {
        long disputed =
                SHIPPED.entries().stream().filter(entry -> !entry.disputedBy().isEmpty()).count();
        assertThat(disputed).isLessThan(SHIPPED.entries().size() / 5);
    }

    private static List<PriceTable> agreeing(PriceEntry entry) {
        return TABLES.stream()
                .filter(table -> entry.agreedBy().contains(table.origin().name()))
                .toList();
    }

    /** Prices calls that use no more than what the listing has prices for. */
    private static int compare(String name, Listing listing, Instant at, Random random) {
        int compared = 0;
        for (Tier tier : Tier.values()) {
            for (boolean isLong : List.of(false, true)) {
                List<Slot> slots = new ArrayList<>(listing.picoUsd().keySet());
                slots.removeIf(slot -> slot.tier() != tier || slot.longContext() != isLong);
                if (!slots.isEmpty()) {
                    Usage usage = usage(slots, isLong, random);
                    assertThat(SHIPPED.price(name, tier.word(), false, usage, at))
                            .as("%s in %s, %s", name, tier, usage)
                            .isInstanceOfSatisfying(
                                    Cost.Priced.class,
                                    cost ->
                                            assertThat(cost.nanoUsd())
                                                    .isEqualTo(slowly(slots, listing, usage)));
                    compared++;
                }
            }
        }
        return compared;
    }

    private static long slowly(List<Slot> slots, Listing listing, Usage usage) {
        BigDecimal usd = BigDecimal.ZERO;
        for (Slot slot : slots) {
            BigDecimal usdPerMillion =
                    BigDecimal.valueOf(listing.picoUsd().getOrDefault(slot, 0L), 6);
            BigDecimal tokens = BigDecimal.valueOf(slot.part().tokens(usage));
            usd = usd.add(usdPerMillion.multiply(tokens).movePointLeft(6));
        }
        return usd.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private static Usage usage(List<Slot> slots, boolean isLong, Random random) {
        Map<Part, Long> tokens = new EnumMap<>(Part.class);
        for (Slot slot : slots) {
            tokens.put(slot.part(), random.nextLong(1, 10_000));
        }
        if (isLong) {
            tokens.put(Part.INPUT, PriceTable.LONG_CONTEXT_ABOVE + 1);
        }
        return PartTokens.usage(tokens);
    }
}
