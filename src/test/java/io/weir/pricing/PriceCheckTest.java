package io.weir.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.prices.ModelCatalogue;
import io.weir.prices.PriceBook;
import io.weir.prices.PriceEntry;
import io.weir.prices.Prices;
import io.weir.prices.Rates;
import io.weir.prices.Tier;
import io.weir.prices.TierRates;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.wire.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class PriceCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    private final Prices prices = new Prices(PriceBook.shipped());

    @TempDir private Path directory;
    private CallStore store;
    private int number;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = Stores.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void tellsWhatIsUsedWithoutAPriceWhetherItHasOneByNow() throws StoreUnavailable {
        append(unpriced("mine", 1), unpriced("mine", 2), unpriced("other", 1));
        append(unpriced("long ago", 40));
        prices.set(Prices.Layer.COMMAND, List.of(entry("other", List.of())));

        assertThat(check(MONTH).unpriced())
                .extracting(it -> it.use().model(), it -> it.use().calls(), it -> it.priced())
                .containsExactly(tuple("mine", 2L, false), tuple("other", 1L, true));
    }

    @Test
    void tellsWhatIsUsedAndEndsWithinTheTime() throws StoreUnavailable {
        append(call("gpt-5-mini", "gpt-5-mini-2025-08-07", 1), call("gpt-4-turbo", null, 1));
        append(call("gpt-4o", "gpt-4o-2024-08-06", 1), call("gpt-4.1-mini", "gpt-4.1-mini", 1));

        assertThat(check(MONTH).ending())
                .extracting(it -> it.use().model(), it -> it.shutdown().toString(), it -> it.over())
                .containsExactly(
                        tuple("gpt-4-turbo", "2026-10-23", true),
                        tuple("gpt-5-mini", "2026-12-11", false));
        assertThat(check(Duration.ofDays(60)).ending())
                .extracting(it -> it.use().model())
                .contains("gpt-4o-2024-08-06")
                .doesNotContain("gpt-4.1-mini");
    }

    @Test
    void theCatalogueCountsBeforeThePriceTables() throws StoreUnavailable {
        append(call("gpt-4-0613", null, 1), call("gpt-3.5-turbo-1106", null, 1));

        assertThat(check(MONTH).ending())
                .extracting(it -> it.use().model(), it -> it.fact().source())
                .anySatisfy(it -> assertThat(it.toList()).contains("gpt-4"))
                .contains(tuple("gpt-3.5-turbo-1106", "price tables"));
    }

    @Test
    void tellsDisputedPricesUntilSomebodySetsOne() throws StoreUnavailable {
        append(call("gpt-4o-mini-tts", null, 1));
        assertThat(check(Duration.ZERO).disputed())
                .extracting(it -> it.use().model())
                .containsExactly("gpt-4o-mini-tts");

        prices.set(Prices.Layer.COMMAND, List.of(entry("gpt-4o-mini-tts", List.of())));
        assertThat(check(Duration.ZERO).disputed()).isEmpty();
    }

    @Test
    void findsNothingToDoWhereEverythingIsInOrder() throws StoreUnavailable {
        append(call("gpt-4.1", "gpt-4.1", 1));
        assertThat(check(MONTH).toDo()).isZero();
    }

    private PriceCheck check(Duration near) throws StoreUnavailable {
        return PriceCheck.of(store, prices, ModelCatalogue.shipped(), NOW, MONTH, near);
    }

    private void append(CallRecord... calls) throws StoreUnavailable {
        store.append(List.of(calls), number + 1_000);
    }

    private CallRecord call(String asked, @Nullable String answered, int daysAgo) {
        return build(asked, answered, daysAgo, new Cost.Priced(7, "some"));
    }

    private CallRecord unpriced(String model, int daysAgo) {
        return build(model, model, daysAgo, new Cost.Unpriced("no price for " + model));
    }

    private CallRecord build(String asked, @Nullable String answered, int daysAgo, Cost cost) {
        number++;
        return CallRecords.at(NOW.minus(Duration.ofDays(daysAgo)), number)
                .model(asked, answered)
                .usage(Usage.ofText(10, 5), Confidence.PROVIDER)
                .cost(cost)
                .build();
    }

    private static PriceEntry entry(String model, List<String> disputedBy) {
        Rates rates = new Rates(1, -1, -1, -1, -1, 1, -1, -1, -1);
        return new PriceEntry(
                model,
                List.of(),
                null,
                null,
                List.of(),
                disputedBy,
                PriceEntry.TOKENS,
                0,
                Map.of(Tier.STANDARD, new TierRates(rates, null)));
    }
}
