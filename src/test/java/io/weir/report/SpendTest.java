package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.prices.PriceBook;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import io.weir.wire.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three days with a call of one dollar an hour, and now and then one without a price. */
class SpendTest {
    private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");
    private static final Instant END = Instant.parse("2026-11-23T06:00:00Z");
    private static final Usage USAGE = new Usage(600, 400, 0, 0, 0, 100, 0, 0, 0);
    private static final long DOLLAR = 1_000_000_000L;

    private final PriceBook prices = PriceBook.shipped();
    @TempDir private Path directory;
    private CallStore store;

    @BeforeEach
    void fill() throws StoreUnavailable {
        store = Stores.open(directory);
        List<CallRecord> calls = new ArrayList<>();
        for (int hour = 0; hour < 72; hour++) {
            boolean unknown = hour % 24 == 5;
            CallRecords call =
                    CallRecords.at(START.plus(Duration.ofHours(hour)), hour)
                            .model(unknown ? "mystery" : "gpt-4o", null)
                            .endUser(hour % 2 == 0 ? "even" : "odd")
                            .usage(USAGE, Confidence.PROVIDER);
            calls.add(
                    call.cost(
                                    unknown
                                            ? new Cost.Unpriced("no price for mystery")
                                            : new Cost.Priced(DOLLAR, priceId()))
                            .build());
        }
        store.append(calls, 1_000);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void sumsDaysExactlyFromSumsAndFromCalls() throws StoreUnavailable {
        DailySpend all = DailySpend.of(store, CallFilter.ALL, END);
        assertThat(all.first()).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(all.nanoUsd())
                .containsExactly(17 * DOLLAR, 23 * DOLLAR, 23 * DOLLAR, 6 * DOLLAR);
        assertThat(all.monthToDate()).isEqualTo(69 * DOLLAR);
        assertThat(all.wholeDays()).containsExactly(23 * DOLLAR, 23 * DOLLAR);
        DailySpend even = DailySpend.of(store, CallFilter.ALL.endUser("even"), END);
        assertThat(even.monthToDate()).isEqualTo(36 * DOLLAR);
    }

    @Test
    void ofNothingNothingIsSpent() throws StoreUnavailable {
        DailySpend none = DailySpend.of(store, CallFilter.ALL.endUser("nobody"), END);
        assertThat(none.monthToDate()).isZero();
        assertThat(none.wholeDays()).isEmpty();
    }

    @Test
    void theCacheSavesTheDifferenceOfItsPrices() throws StoreUnavailable {
        CacheSavings savings = CacheSavings.of(store, ReportQuery.of(START, END), prices);
        long each = prices.rates(priceId()).orElseThrow().input();
        each -= prices.rates(priceId()).orElseThrow().cacheRead();
        assertThat(savings.tokens()).isEqualTo(69L * 400);
        assertThat(savings.unknownTokens()).isEqualTo(3L * 400);
        assertThat(savings.nanoUsd()).isEqualTo(69L * 400 * each / 1_000).isPositive();
    }

    @Test
    void unpricedCallsAreListedWithTheirReason() throws StoreUnavailable {
        Table unpriced = UnpricedCalls.of(store, ReportQuery.of(START, END));
        assertThat(unpriced.rows()).hasSize(1);
        assertThat(unpriced.cell(0, "model")).isEqualTo("mystery");
        assertThat(unpriced.cell(0, "reason")).isEqualTo("no price for mystery");
        assertThat(unpriced.cell(0, "calls")).isEqualTo(3L);
        assertThat(unpriced.cell(0, "tokens")).isEqualTo(3_300L);
    }

    @Test
    void groupsOverTimeSumToEverything() throws StoreUnavailable {
        Steps steps = Steps.fitting(START, END, 100);
        Table lines =
                GroupSeries.of(
                        store,
                        ReportQuery.of(START, END),
                        steps,
                        Dimension.USER,
                        List.of("even"),
                        Measures.COST);
        assertThat(sum(lines, "even")).isEqualTo(36 * DOLLAR);
        assertThat(sum(lines, null)).isEqualTo(33 * DOLLAR);
    }

    private static long sum(Table lines, @Nullable String group) {
        long sum = 0;
        for (int row = 0; row < lines.rows().size(); row++) {
            boolean its = Objects.equals(lines.cell(row, GroupSeries.GROUP), group);
            sum += its && lines.cell(row, Measures.COST.name()) instanceof Long cost ? cost : 0;
        }
        return sum;
    }

    private String priceId() {
        return prices.price("gpt-4o", null, false, USAGE, START) instanceof Cost.Priced priced
                ? priced.priceId()
                : "";
    }
}
