package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomaliesReportTest {
    private static final Instant START = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant END = Instant.parse("2026-11-22T14:10:00Z");

    private final Random random = new Random(3);
    private final List<CallRecord> calls = new ArrayList<>();
    @TempDir private Path directory;
    private CallStore store;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = Stores.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void findsNothingInAQuietHour() throws StoreUnavailable {
        hour();
        assertThat(report(END).rows()).isEmpty();
    }

    @Test
    void findsALoopWithinAnHourOfTheFirstCall() throws StoreUnavailable {
        hour();
        for (int i = 0; i < 300; i++) {
            add(START.plusSeconds(3_900 + i), "batch-7", 2_310);
        }
        Table table = report(END);
        assertThat(cells(table, "kind")).contains("loop", "volume").doesNotHaveDuplicates();
        int loop = cells(table, "kind").indexOf("loop");
        assertThat(table.cell(loop, "reads"))
                .isEqualTo(
                        "key batch-7: the same call to gpt-4o-mini 300 times in 5 min, 167 times the usual 1.8; since 2026-11-22T14:05:00Z, cost below $0.01");
        assertThat(table.cell(loop, "filter"))
                .isEqualTo(
                        "key=batch-7&model=gpt-4o-mini&since=2026-11-22T14:05:00Z&until=2026-11-22T14:10:00Z");
    }

    @Test
    void saysNothingWithoutHalfAnHourOfPast() throws StoreUnavailable {
        for (int i = 0; i < 1_200; i++) {
            add(START.plusSeconds(i), "batch-7", 1_000 + random.nextInt(9_000));
        }
        for (int i = 0; i < 600; i++) {
            add(START.plusSeconds(1_200).plusMillis(100L * i), "batch-7", 500 + 17 * i);
        }
        assertThat(report(START.plusSeconds(1_500)).rows()).isEmpty();
    }

    @Test
    void leavesOutWhatWasOverBeforeItsTime() throws StoreUnavailable {
        hour();
        for (int i = 0; i < 300; i++) {
            add(START.plusSeconds(3_900 + i), "batch-7", 2_310);
        }
        store.append(calls, 1);
        Table later =
                new AnomaliesReport()
                        .run(ReportQuery.of(END, END.plus(Duration.ofMinutes(30))), store);
        assertThat(later.rows()).isEmpty();
    }

    @Test
    void refusesWhatItCannotLookFor() {
        ReportQuery ofUser =
                new ReportQuery(START, END, List.of(), CallFilter.ALL.endUser("someone"));
        assertThatThrownBy(() -> new AnomaliesReport().run(ofUser, store))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not by user");
        ReportQuery tooLong = ReportQuery.of(START, START.plus(Duration.ofDays(32)));
        assertThatThrownBy(() -> new AnomaliesReport().run(tooLong, store))
                .hasMessageContaining("31 days");
    }

    private Table report(Instant until) throws StoreUnavailable {
        store.append(calls, 1);
        return new AnomaliesReport()
                .run(ReportQuery.of(until.minus(Duration.ofHours(24)), until), store);
    }

    /** Two keys with some calls a minute, of any size. */
    private void hour() {
        for (int second = 0; second < 4_200; second += 6) {
            String key = second % 12 == 0 ? "batch-7" : "web";
            add(START.plusSeconds(second + random.nextInt(6)), key, 500 + random.nextInt(9_000));
        }
    }

    private void add(Instant at, String key, long bytes) {
        calls.add(
                CallRecords.at(at, calls.size())
                        .key("id_" + key, key, "default")
                        .requestBytes(bytes)
                        .latency(400 + random.nextInt(400), 390)
                        .build());
    }

    private static List<Object> cells(Table table, String column) {
        List<Object> cells = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            if ("key".equals(table.cell(row, "scope"))) {
                cells.add(table.cell(row, column));
            }
        }
        return cells;
    }
}
