package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternsReportTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final ReportQuery DAY = ReportQuery.of(START, START.plusSeconds(86_400));

    private final PatternsReport report = new PatternsReport();
    private CallStore store;

    @BeforeEach
    void open(@TempDir Path directory) throws StoreUnavailable {
        store = Stores.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isOneRowForMessagesThatDifferInWhatVaries() throws StoreUnavailable {
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            calls.add(limited(i).build());
        }
        calls.add(failed(300, "server_error", 500, "The server had an error.").build());
        calls.add(CallRecords.at(START, 301).build());
        store.append(calls, 302);
        Table table = report.run(DAY, store);
        assertThat(table.rows()).hasSize(2);
        assertThat(table.cell(0, "pattern"))
                .isEqualTo("Rate limit reached for <*> in organization <*>: Limit <*>, Used <*>.");
        assertThat(table.cell(0, "error_type")).isEqualTo("rate_limit");
        assertThat(table.cell(0, "status")).isEqualTo(429L);
        assertThat(table.cell(0, "calls")).isEqualTo(300L);
        assertThat(table.cell(0, "share_of_errors")).isEqualTo(300 / 301.0);
        assertThat(table.cell(0, "first_seen")).isEqualTo(START);
        assertThat(table.cell(0, "last_seen")).isEqualTo(START.plusSeconds(299));
        assertThat(table.cell(0, "models")).isEqualTo("gpt-0, gpt-1, gpt-2 and 1 more");
        assertThat(table.cell(0, "keys")).isEqualTo("first key");
        assertThat(table.cell(0, "example_call"))
                .isEqualTo(CallRecords.id(START.plusSeconds(299), 299).toString());
        assertThat(table.cell(0, "example_message")).asString().contains("org-AbC299");
        assertThat(table.cell(0, "advice")).asString().contains("back off");
        assertThat(table.cell(1, "calls")).isEqualTo(1L);
    }

    @Test
    void regardsFiltersAndGroups() throws StoreUnavailable {
        store.append(IntStream.range(0, 40).mapToObj(i -> limited(i).build()).toList(), 40);
        ReportQuery two =
                new ReportQuery(DAY.since(), DAY.until(), List.of(), CallFilter.ALL.model("gpt-2"));
        assertThat(report.run(two, store).cell(0, "calls")).isEqualTo(10L);
        Table byModel = report.run(DAY.by(Dimension.MODEL), store);
        assertThat(byModel.rows()).hasSize(4);
        for (int row = 0; row < 4; row++) {
            assertThat(byModel.cell(row, "share_of_errors")).isEqualTo(1.0);
            assertThat(byModel.cell(row, "models")).isEqualTo(byModel.cell(row, "model"));
        }
    }

    @Test
    void saysWhatItLeavesOut() throws StoreUnavailable {
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 20_200; i++) {

            calls.add(failed(i, "bad_request", 400, "Odd " + named(i)).build());
        }
        store.append(calls, 20_200);
        Table table = report.run(DAY, store);
        assertThat(table.notes())
                .singleElement()
                .asString()
                .contains("20000 of 20200 failed calls");
    }

    @Test
    void letsNoMessageReachATerminalAsItIs() throws StoreUnavailable {
        store.append(
                List.of(
                        failed(1, "bad_request", 400, "no\u001b]0;title\u0007 \u009b31m\u202e")
                                .build()),
                1);
        assertThat(TableText.of(report.run(DAY, store)).replace("\n", ""))
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\u009b]");
    }

    /** A different word of letters for each number. */
    private static String named(int number) {
        StringBuilder word = new StringBuilder();
        for (int left = number + 1; left > 0; left /= 10) {
            word.append((char) ('a' + left % 10));
        }
        return word.toString();
    }

    private static CallRecords limited(int number) {
        return failed(
                        number,
                        "rate_limit",
                        429,
                        "Rate limit reached for gpt-%d in organization org-AbC%03d: Limit 30000, Used %d."
                                .formatted(number % 4, number, 29_000 + number))
                .model("gpt-" + number % 4, null);
    }

    private static CallRecords failed(int number, String type, int status, String message) {
        return CallRecords.at(START.plusSeconds(number), number)
                .outcome("completed", status)
                .error(type, null, message);
    }
}
