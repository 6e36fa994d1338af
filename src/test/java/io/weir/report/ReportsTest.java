package io.weir.report;

import static io.weir.report.Dimension.DAY;
import static io.weir.report.Dimension.HOUR;
import static io.weir.report.Dimension.KEY;
import static io.weir.report.Dimension.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten calls of a day, one of the next, and the answers worked out by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportsTest {
    private static final Instant DAY_START = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant DAY_END = Instant.parse("2026-11-23T00:00:00Z");
    private static final ReportQuery WHOLE_DAY = ReportQuery.of(DAY_START, DAY_END);

    private static final Reports REPORTS = new Reports(PriceBook::shipped);

    private CallStore store;

    @BeforeAll
    void open(@TempDir Path directory) throws StoreUnavailable {
        store = Stores.open(directory);
        store.append(calls(), 11);
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void listsEveryClassThatIsAReport() {
        List<String> classes =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.weir")
                                .stream()
                                .filter(type -> type.isAssignableTo(Report.class))
                                .filter(type -> !type.isInterface())
                                .map(JavaClass::getName)
                                .toList();
        assertThat(REPORTS.all())
                .extracting(report -> report.getClass().getName())
                .containsExactlyInAnyOrderElementsOf(classes);
        assertThat(REPORTS.all()).extracting(Report::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void answersAsWorkedOutByHand(String name) {
        Report report = REPORTS.named(name).orElseThrow();
        assertAll(
                () -> Golden.assertMatches(name + ".csv", csv(report, WHOLE_DAY)),
                () ->
                        Golden.assertMatches(
                                name + "-by-model.csv", csv(report, WHOLE_DAY.by(MODEL))),
                () ->
                        Golden.assertMatches(
                                name + "-by-hour-and-model.txt",
                                TableText.of(report.run(WHOLE_DAY.by(HOUR, MODEL), store))));
    }

    @ParameterizedTest
    @EnumSource(Dimension.class)
    void groupsByEachDimensionWithoutLosingACall(Dimension dimension) throws StoreUnavailable {
        for (Report report : List.of(new UsageReport(), new CostReport(), new OverviewReport())) {
            Table table = report.run(WHOLE_DAY.by(dimension), store);
            long calls = 0;
            for (int row = 0; row < table.rows().size(); row++) {
                calls += table.cell(row, "calls") instanceof Long number ? number : 0;
            }
            assertThat(calls).as(report.name()).isEqualTo(10);
        }
        assertThat(new ErrorsReport().run(WHOLE_DAY.by(dimension), store).rows()).isNotEmpty();
        assertThat(new LatencyReport().run(WHOLE_DAY.by(dimension), store).rows()).isNotEmpty();
    }

    @Test
    void saysZeroWhereThereIsNoCall() throws StoreUnavailable {
        ReportQuery empty = ReportQuery.of(DAY_START.minusSeconds(9), DAY_START);
        for (Report report : REPORTS.all()) {
            Table table = report.run(empty, store);
            assertThat(table.rows()).as(report.name()).hasSizeLessThanOrEqualTo(1);
            if (!table.rows().isEmpty()) {
                assertThat(table.cell(0, "calls")).as(report.name()).isEqualTo(0L);
            }
            assertThat(report.run(empty.by(KEY, DAY), store).rows()).isEmpty();
        }
    }

    @Test
    void regardsItsFilter() throws StoreUnavailable {
        ReportQuery filtered =
                new ReportQuery(
                        DAY_START, DAY_END, List.of(), CallFilter.ALL.model("gpt-4o").stream(true));
        assertThat(new CostReport().run(filtered, store).cell(0, "calls")).isEqualTo(2L);
        assertThat(new CostReport().run(filtered, store).cell(0, "cost_nano_usd"))
                .isEqualTo(1_000_000_500L);
    }

    @Test
    void refusesAQueryThatMakesNoSense() {
        assertThatThrownBy(() -> ReportQuery.of(DAY_END, DAY_START))
                .hasMessageContaining("before until");
        assertThatThrownBy(() -> WHOLE_DAY.by(MODEL, MODEL)).hasMessageContaining("twice");
        assertThatThrownBy(() -> Dimension.list("model,1; DROP TABLE calls"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model, key, project");
        assertThat(Dimension.list("model, hour,")).containsExactly(MODEL, HOUR);
        assertThat(REPORTS.named("cost")).isPresent();
        assertThat(REPORTS.named("nothing")).isEmpty();
    }

    static List<String> names() {
        return REPORTS.all().stream().map(Report::name).toList();
    }

    private String csv(Report report, ReportQuery query) throws StoreUnavailable {
        return TableCsv.of(report.run(query, store));
    }

    private static List<CallRecord> calls() {
        Cost free = new Cost.Free();
        Usage parts = new Usage(100, 50, 7, 0, 0, 40, 60, 0, 0);
        return List.of(
                at(10, 1).latency(100, 90).build(),
                at(20, 2).stream(50)
                        .latency(200, 190)
                        .usage(Usage.ofText(20, 11), Confidence.PROVIDER)
                        .cost(new Cost.Priced(4_000, "p"))
                        .build(),
                large(70, 3)
                        .latency(1_000, 900)
                        .usage(parts, Confidence.PROVIDER)
                        .cost(new Cost.Priced(123_456_789, "p"))
                        .build(),
                large(80, 4).stream(300)
                        .latency(1_300, 1_200)
                        .usage(Usage.ofText(10, 101), Confidence.ESTIMATED)
                        .cost(new Cost.Priced(1_000_000_000, "p"))
                        .build(),
                at(90, 5)
                        .model("=new-model", null)
                        .latency(10, 9)
                        .usage(Usage.ofText(1, 1), Confidence.PROVIDER)
                        .cost(new Cost.Unpriced("no price for =new-model"))
                        .build(),
                failed(130, 6, "it broke").latency(500, 499).cost(free).build(),
                at(140, 7)
                        .outcome("completed", 429)
                        .error("rate_limit_exceeded", "rate_limit_exceeded", "slow down")
                        .usage(Usage.NONE, Confidence.NONE)
                        .latency(30, 29)
                        .cost(free)
                        .build(),
                at(150, 8)
                        .model(null, null)
                        .caller(null)
                        .outcome("refused", 401)
                        .error("invalid_api_key", "invalid_api_key", "no such key")
                        .upstream(null)
                        .usage(Usage.NONE, Confidence.NONE)
                        .latency(1, 0)
                        .cost(free)
                        .attempts()
                        .build(),
                failed(160, 9, "it broke\nagain").latency(700, 699).cost(free).build(),
                large(170, 10).stream(100)
                        .latency(400, 390)
                        .outcome("client_gone", 200)
                        .error("client_gone", null, null)
                        .usage(Usage.ofText(10, 3), Confidence.PARTIAL)
                        .cost(new Cost.Priced(500, "p"))
                        .build(),
                CallRecords.at(DAY_END, 11).build());
    }

    private static CallRecords at(int minute, long number) {
        return CallRecords.at(DAY_START.plus(Duration.ofMinutes(minute)), number);
    }

    private static CallRecords large(int minute, long number) {
        return at(minute, number)
                .model("gpt-4o", "gpt-4o-2024-08-06")
                .key("key_2", "second key", "other");
    }

    private static CallRecords failed(int minute, long number, String message) {
        return at(minute, number)
                .model("gpt-4o-mini", null)
                .outcome("upstream_failed", 502)
                .error("upstream_broken", "upstream_broken", message)
                .usage(Usage.NONE, Confidence.NONE);
    }
}
