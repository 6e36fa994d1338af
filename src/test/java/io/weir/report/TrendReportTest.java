package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Keep;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrendReportTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant END = Instant.parse("2026-11-23T00:00:00Z");

    @TempDir private Path directory;
    private CallStore store;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = Stores.open(directory);
        store.append(calls(), 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void saysTheSameFromTheCallsAndFromTheirSums() throws StoreUnavailable {
        Table fromCalls = run(query(START, END, Step.HOUR));
        store.delete(new Keep(END, END, START));
        Table fromSums = run(query(START, END, Step.HOUR));
        assertThat(fromCalls.cell(0, "source")).isEqualTo("calls");
        assertThat(fromSums.cell(0, "source")).isEqualTo("rollups");
        assertThat(fromSums.rows()).hasSameSizeAs(fromCalls.rows());
        for (int row = 0; row < fromCalls.rows().size(); row++) {
            for (String exact :
                    List.of("time", "calls", "errors", "total_output_tokens", "cost_nano_usd")) {
                assertThat(fromSums.cell(row, exact)).isEqualTo(fromCalls.cell(row, exact));
            }
            for (String close : List.of("p50_ms", "p95_ms", "first_token_p95_ms")) {
                assertThat(number(fromSums, row, close))
                        .as(close)
                        .isCloseTo(number(fromCalls, row, close), withinPercentage(8));
            }
        }
    }

    @Test
    void readsTheCallsWhereAFilterOrAGroupNeedsThem() throws StoreUnavailable {
        Instant early = END.minus(Duration.ofDays(30));
        store.delete(new Keep(START, START.plusSeconds(3_600), START));
        assertThat(run(query(early, END, null)).cell(0, "source")).isEqualTo("rollups");
        ReportQuery ofUser =
                new ReportQuery(early, END, List.of(), CallFilter.ALL.endUser("u"))
                        .inSteps(Step.DAY);
        assertThat(run(ofUser).cell(0, "source")).isEqualTo("calls");
        assertThat(run(query(early, END, Step.DAY).by(Dimension.USER)).cell(0, "source"))
                .isEqualTo("calls");
    }

    @Test
    void hasARowForEachStepWithCallsInTheOrderOfTime() throws StoreUnavailable {
        assertThat(run(query(START, END, Step.DAY)).rows()).hasSize(1);
        assertThat(run(query(START, END, Step.HOUR)).rows()).hasSize(24);
        assertThat(run(query(START, END, Step.FIVE_MINUTES)).rows()).hasSize(288);
        assertThat(run(query(START, END, Step.HOUR)).cell(1, "time"))
                .isEqualTo(START.plus(Duration.ofHours(1)));
    }

    @Test
    void refusesAStepThatIsNone() {
        assertThatThrownBy(() -> Step.of("1m")).hasMessageContaining("5m, 1h, 1d");
    }

    private Table run(ReportQuery query) throws StoreUnavailable {
        return new TrendReport().run(query, store);
    }

    private static ReportQuery query(Instant since, Instant until, @Nullable Step step) {
        return new ReportQuery(since, until, List.of(), CallFilter.ALL).inSteps(step);
    }

    private static double number(Table table, int row, String column) {
        return table.cell(row, column) instanceof Double number ? number : Double.NaN;
    }

    private static List<CallRecord> calls() {
        Random random = new Random(4);
        List<CallRecord> calls = new ArrayList<>();
        for (int second = 0; second < 86_400; second += 10) {
            CallRecords call =
                    CallRecords.at(START.plusSeconds(second), second)
                            .endUser("u")
                            .latency(200 + random.nextInt(4_000), 100)
                            .stream(50 + random.nextInt(900));
            if (random.nextInt(20) == 0) {
                call.outcome("refused", 429).error("rate_limited", "rate_limited", "slow down");
            }
            calls.add(call.build());
        }
        return calls;
    }
}
