package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A call for each way to fail, a second apart, and two that went well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailuresTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final ReportQuery HOUR = ReportQuery.of(NOON, NOON.plus(Duration.ofHours(1)));

    private final List<CallRecord> calls = new ArrayList<>();
    private CallStore store;

    @SuppressWarnings("NullAway.Init")
    FailuresTest() {}

    @BeforeAll
    void open(@TempDir Path directory) throws StoreUnavailable {
        store = Stores.open(directory);
        add("completed", 200, null, "gpt-4o");
        add("completed", 200, null, "gpt-4o");
        add("client_gone", 0, "client_gone", "gpt-4o");
        add("refused", 429, "invalid_body", "gpt-4o");
        add("deadline_passed", 504, "deadline_passed", "gpt-4o");
        add("upstream_failed", 504, "upstream_first_byte_timeout", "gpt-4o");
        add("upstream_failed", 502, "upstream_broken", "gpt-4o");
        add("interrupted", 0, "interrupted", "gpt-4o");
        add("completed", 429, "insufficient_quota", "gpt-4o");
        add("completed", 401, "invalid_request_error", "gpt-4o");
        add("completed", 404, "invalid_request_error", "gpt-4o");
        add("completed", 502, null, "gpt-4o");
        add("completed", 504, null, "gpt-4o");
        for (String model : List.of("a", "b", "b", "b", "c", "c", "d", "e")) {
            add("completed", 200, "server_error", model);
        }
        List<CallRecord> all = new ArrayList<>(calls);
        all.add(before(1, "server_error"));
        all.add(before(2, "server_error"));
        all.add(before(3, "gone_since"));
        store.append(all, all.size());
    }

    /** A call in the hour before. */
    private static CallRecord before(int minutes, String error) {
        return CallRecords.at(NOON.minus(Duration.ofMinutes(minutes)), 100 + minutes)
                .error(error, null, null)
                .build();
    }

    private void add(String outcome, int status, @Nullable String error, String model) {
        int number = calls.size();
        calls.add(
                CallRecords.at(NOON.plusSeconds(number), number)
                        .outcome(outcome, status)
                        .error(error, null, error == null ? null : "message " + number)
                        .model(model, null)
                        .build());
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void eachFailureHasItsClass() throws StoreUnavailable {
        Table types = Failures.types(store, HOUR);

        assertThat(types.rows())
                .extracting(row -> row.get(0), row -> row.get(1), row -> row.get(2))
                .containsExactly(
                        tuple("server", "server_error", 8L),
                        tuple("bad request", "invalid_request_error", 1L),
                        tuple("client gone", "client_gone", 1L),
                        tuple("connection", "upstream_broken", 1L),
                        tuple("interrupted", "interrupted", 1L),
                        tuple("key or access", "invalid_request_error", 1L),
                        tuple("rate limit", "insufficient_quota", 1L),
                        tuple("refused by Weir", "invalid_body", 1L),
                        tuple("server", "status_502", 1L),
                        tuple("time-out", "deadline_passed", 1L),
                        tuple("time-out", "status_504", 1L),
                        tuple("time-out", "upstream_first_byte_timeout", 1L));
    }

    @Test
    void aTypeSaysWhomItMeetsMostAndSinceWhen() throws StoreUnavailable {
        Table types = Failures.types(store, HOUR);

        assertThat(types.cell(0, "calls_before")).isEqualTo(2L);
        assertThat(types.cell(1, "calls_before")).isEqualTo(0L);
        assertThat(types.cell(0, "share_of_errors")).isEqualTo(8.0 / 19);
        assertThat((String) types.cell(0, "models")).startsWith("b, c, ");
        assertThat(types.cell(0, "more_models")).isEqualTo(2L);
        assertThat(types.cell(0, "keys")).isEqualTo("first key");
        assertThat(types.cell(0, "more_keys")).isEqualTo(0L);
        assertThat(types.cell(0, "first_seen")).isEqualTo(NOON.plusSeconds(13));
        assertThat(types.cell(0, "last_seen")).isEqualTo(NOON.plusSeconds(20));
        assertThat(types.cell(0, "example_message")).isEqualTo("message 20");
        assertThat(types.cell(0, "example_call")).isEqualTo(calls.get(20).id().toString());
    }

    @Test
    void whatWentWellIsCountedBesideTheFailures() throws StoreUnavailable {
        Table overTime =
                Failures.overTime(store, HOUR, Steps.fitting(HOUR.since(), HOUR.until(), 60));

        assertThat(overTime.rows())
                .contains(List.of(NOON, "server", 9L), List.of(NOON, "time-out", 3L));
        assertThat(
                        overTime.rows().stream()
                                .filter(row -> row.get(1) == null)
                                .map(row -> row.get(2)))
                .containsExactly(2L);
    }
}
