package io.weir.focus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Principal;
import io.weir.export.ParquetRows;
import io.weir.prices.PriceBook;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import io.weir.wire.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FocusExportTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Principal SHOP =
            new Principal("key_1", "search", "shop", List.of("web", "=beta"));

    /** A price of half a nano-dollar, so that calls are rounded, and one of each kind of part. */
    private static final PriceBook PRICES =
            PriceBook.parse(
                    """
                    {"version": 1, "unit": "USD per 1,000,000 tokens", "entries": [
                     {"model": "fine", "from": "2026-01-01", "tiers": {
                       "standard": {"input": 0.1505, "cache_read": 0.0255, "output": 0.6005},
                       "flex": {"input": 0.0755, "output": 0.3005}}},
                     {"model": "coarse", "tiers": {"standard": {"input": 5, "output": 25}}}]}
                    """
                            .getBytes(UTF_8));

    @TempDir private Path directory;
    private CallStore store;
    private FocusExport export;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = Stores.open(directory);
        export = new FocusExport(store, () -> PRICES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyRowMultipliesAndAllOfThemAddUpToTheLedgerExactly() throws StoreUnavailable {
        List<CallRecord> calls = randomCalls(new Random(20261122), 2_000);
        store.append(calls, 1);
        BigDecimal rows = BigDecimal.ZERO;
        long tokens = 0;
        int rounded = 0;
        for (LocalDate day : List.of(DAY, DAY.plusDays(1), DAY.plusDays(2))) {
            Table table = export.day(day, CallFilter.ALL);
            assertThat(table.rows()).isNotEmpty();
            for (int row = 0; row < table.rows().size(); row++) {
                rows = rows.add(decimal(table, row, "BilledCost"));
                if ("Adjustment".equals(table.cell(row, "ChargeCategory"))) {
                    rounded++;
                    continue;
                }
                tokens += decimal(table, row, "ConsumedQuantity").longValueExact();
                if (table.cell(row, "ListUnitPrice") != null) {
                    assertThat(
                                    decimal(table, row, "ListUnitPrice")
                                            .multiply(decimal(table, row, "PricingQuantity")))
                            .isEqualByComparingTo(decimal(table, row, "BilledCost"));
                }
            }
        }
        assertThat(rounded).isPositive();
        assertThat(rows)
                .isEqualByComparingTo(
                        BigDecimal.valueOf(
                                calls.stream().mapToLong(FocusExportTest::nanoUsd).sum(), 9));
        assertThat(tokens).isEqualTo(calls.stream().mapToLong(call -> call.usage().total()).sum());
    }

    @Test
    void hasARowForEachPartOfTheTokens() throws StoreUnavailable {
        store.append(List.of(call(1, "fine", new Usage(1_000, 200, 0, 0, 0, 40, 10, 0, 0))), 1);
        Table table = export.day(DAY, CallFilter.ALL);
        assertThat(column(table, "x_TokenPart"))
                .containsExactly("input", "cache_read", "output", "reasoning");
        assertThat(column(table, "SkuPriceId"))
                .startsWith(
                        "fine@2026-01-01/standard/input", "fine@2026-01-01/standard/cache_read");
        assertThat(column(table, "SkuId")).startsWith("fine/input");
        assertThat(column(table, "PricingUnit")).containsOnly("1000000 Tokens");
        assertThat(column(table, "PricingQuantity")).startsWith("0.001", "0.0002");
        assertThat(column(table, "ListUnitPrice"))
                .containsExactly("0.1505", "0.0255", "0.6005", "0.6005");
        assertThat(column(table, "BilledCost")).startsWith("0.0001505", "0.0000051");
        assertThat(column(table, "SubAccountId")).containsOnly("shop");
        assertThat(column(table, "ResourceName")).containsOnly("search");
        assertThat(column(table, "Tags")).containsOnly("{\"=beta\":true,\"web\":true}");
        assertThat(column(table, "ChargePeriodEnd")).containsOnly("2026-11-23T00:00:00Z");
        assertThat(column(table, "BillingPeriodEnd")).containsOnly("2026-12-01T00:00:00Z");
    }

    @Test
    void unpricedCallsAreRowsWithoutACostThatSayWhy() throws StoreUnavailable {
        store.append(
                List.of(
                        call(1, "new-model", Usage.ofText(7, 3)),
                        unpricedWithoutTokens(2),
                        call(3, "fine", Usage.NONE)),
                1);
        Table table = export.day(DAY, CallFilter.ALL);
        assertThat(column(table, "x_CostState")).containsOnly("unpriced").hasSize(3);
        assertThat(column(table, "BilledCost")).containsOnly((Object) null);
        assertThat(column(table, "ConsumedUnit")).containsExactly("Requests", "Tokens", "Tokens");
        assertThat(column(table, "x_Note"))
                .contains("no price for new-model", "billed by the image, not by tokens: pictures");
    }

    @Test
    void aPriceThatHasChangedUnderItsIdLeavesTheLedgersCost() throws StoreUnavailable {
        CallRecord call =
                CallRecords.at(NOON, 1)
                        .caller(SHOP)
                        .model("coarse", "coarse")
                        .usage(Usage.ofText(10, 10), Confidence.PROVIDER)
                        .cost(new Cost.Priced(123_456, "coarse/standard"))
                        .build();
        store.append(List.of(call), 1);
        Table table = export.day(DAY, CallFilter.ALL);
        assertThat(column(table, "BilledCost")).containsExactly("0.000123456");
        assertThat(column(table, "ListUnitPrice")).containsExactly((Object) null);
        assertThat(column(table, "x_Note").toString()).contains("price book has other prices");
    }

    @Test
    void saysHowManyTokensWeirCountedItself() throws StoreUnavailable {
        CallRecord counted =
                CallRecords.at(NOON, 2)
                        .caller(SHOP)
                        .model("coarse", "coarse")
                        .usage(Usage.ofText(10, 4), Confidence.PARTIAL)
                        .cost(PRICES.price("coarse", null, false, Usage.ofText(10, 4), NOON))
                        .build();
        store.append(List.of(call(1, "coarse", Usage.ofText(100, 50)), counted), 1);
        Table table = export.day(DAY, CallFilter.ALL);
        assertThat(column(table, "ConsumedQuantity")).containsExactly("110", "54");
        assertThat(column(table, "x_EstimatedQuantity")).containsExactly("10", "4");
    }

    @Test
    void writesTheSameAsCsvAndAsParquet() throws IOException {
        store.append(randomCalls(new Random(7), 200), 1);
        List<LocalDate> days = List.of(DAY, DAY.plusDays(1), DAY.plusDays(2));
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        csv.write(FocusExport.csvHeader().getBytes(UTF_8));
        export.csv(days, CallFilter.ALL, csv);
        byte[] parquet = export.parquet(days, CallFilter.ALL);
        List<JsonNode> rows = ParquetRows.of(parquet);
        assertThat(csv.toString(UTF_8).lines().count()).isEqualTo(rows.size() + 1L);
        assertThat(csv.toString(UTF_8)).startsWith("BilledCost,BillingAccountId,");
        assertThat(ParquetRows.columns(parquet))
                .containsEntry("BilledCost", "DECIMAL(38,12)")
                .containsEntry("ChargePeriodStart", "TIMESTAMP");
        Table first = export.day(DAY, CallFilter.ALL);
        for (int row = 0; row < first.rows().size(); row++) {
            BigDecimal expected = decimal(first, row, "ListCost");
            assertThat(rows.get(row).path("ListCost").decimalValue(BigDecimal.ZERO))
                    .isEqualByComparingTo(expected);
            assertThat(rows.get(row).path("x_Model").asString())
                    .isEqualTo(first.cell(row, "x_Model"));
        }
    }

    @Test
    void regardsItsFilter() throws StoreUnavailable {
        store.append(List.of(call(1, "fine", Usage.ofText(10, 10))), 1);
        assertThat(export.day(DAY, CallFilter.ALL.project("other")).rows()).isEmpty();
        assertThat(export.day(DAY.plusDays(1), CallFilter.ALL).rows()).isEmpty();
    }

    private static List<CallRecord> randomCalls(Random random, int count) {
        List<String> models = List.of("fine", "coarse", "unheard-of");
        List<CallRecord> calls = new ArrayList<>();
        IntStream.range(0, count)
                .forEach(number -> {
                    String model = models.get(random.nextInt(models.size()));
                    Usage usage =
                            new Usage(
                                    random.nextInt(2_000),
                                    random.nextInt(3) * 500L,
                                    0,
                                    0,
                                    0,
                                    random.nextInt(900),
                                    random.nextInt(2) * 77L,
                                    0,
                                    0);
                    String tier = random.nextInt(4) == 0 ? "flex" : null;
                    Instant at = NOON.plus(Duration.ofSeconds(random.nextInt(2 * 86_400)));
                    calls.add(
                            CallRecords.at(at, number)
                                    .key("key_" + random.nextInt(3), "name", "shop")
                                    .model(model, model)
                                    .usage(usage, Confidence.PROVIDER)
                                    .cost(PRICES.price(model, tier, false, usage, at))
                                    .build());
                });
        return calls;
    }

    private static CallRecord call(long number, String model, Usage usage) {
        return CallRecords.at(NOON, number)
                .caller(SHOP)
                .model(model, model)
                .usage(usage, Confidence.PROVIDER)
                .cost(PRICES.price(model, null, false, usage, NOON))
                .build();
    }

    private static CallRecord unpricedWithoutTokens(long number) {
        return CallRecords.at(NOON, number)
                .caller(new Principal("key_0", "draws", "art", List.of()))
                .model("pictures", null)
                .usage(Usage.NONE, Confidence.NONE)
                .cost(new Cost.Unpriced("billed by the image, not by tokens: pictures"))
                .build();
    }

    private static long nanoUsd(CallRecord call) {
        Long nanoUsd = call.cost().nanoUsdOrNull();
        return nanoUsd == null ? 0 : nanoUsd;
    }

    private static BigDecimal decimal(Table table, int row, String column) {
        return table.cell(row, column) instanceof String text
                ? new BigDecimal(text)
                : BigDecimal.ZERO;
    }

    private static List<@Nullable Object> column(Table table, String column) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            cells.add(table.cell(row, column));
        }
        return cells;
    }
}
