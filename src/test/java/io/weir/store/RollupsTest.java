package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupsTest {
    private static final Instant START = Instant.parse("2026-11-22T01:02:03.000004Z");
    private static final List<Column> ONE_NUMBER = List.of(new Column("n", Unit.NUMBER));

    private static final String GROUP =
            "endpoint, request_model, response_model, stream, key_id, key_name, project, outcome,"
                    + " status, error_type, error_code, upstream, usage_confidence, cost_state";
    private static final String SUMS =
            "sum(input_tokens), sum(cache_read_tokens), sum(cache_write_tokens),"
                    + " sum(input_audio_tokens), sum(input_image_tokens), sum(output_tokens),"
                    + " sum(reasoning_tokens), sum(output_audio_tokens), sum(output_image_tokens),"
                    + " sum(cost_nano_usd), sum(request_bytes), sum(response_bytes),"
                    + " coalesce(sum(closed_us), 0), sum(upstream_us)";

    private static final String TIMED = "outcome <> 'refused' AND cache IS DISTINCT FROM 'hit'";

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
    void sumsWhatIsInTheCalls() throws StoreUnavailable {
        store.append(anyCalls(1, 400), 400);
        store.append(anyCalls(2, 400), 800);
        assertThat(number("SELECT sum(calls) FROM rollups")).isEqualTo(800);
        assertThat(differences()).isZero();
        assertThat(laterDifferences()).isZero();
    }

    @Test
    void addsOnlyTheNewCallsOfABatchThatIsPartlyStored() throws StoreUnavailable {
        List<CallRecord> calls = anyCalls(3, 300);
        store.append(calls.subList(0, 200), 200);
        store.close();
        store = Stores.open(directory);
        store.append(calls, 300);
        store.append(calls, 300);
        assertThat(number("SELECT sum(calls) FROM rollups")).isEqualTo(300);
        assertThat(differences()).isZero();
    }

    @Test
    void addsUpTheFiveMinutesThatAreOverAndChangesNoSum() throws StoreUnavailable {
        for (int i = 0; i < 40; i++) {
            store.append(List.of(typical(2 * i, i), typical(2 * i + 1, i)), 2L * (i + 1));
        }
        assertThat(number("SELECT count(*) FROM rollup_parts")).isEqualTo(40);
        store.addUpRollups(START.plusSeconds(600));
        assertThat(number("SELECT count(*) FROM rollup_parts")).isEqualTo(16);
        assertThat(number("SELECT count(*) FROM rollup_sums")).isEqualTo(2);
        assertThat(differences()).isZero();
        assertThat(
                        number(
                                "SELECT count(*) FROM rollup_sums"
                                        + " WHERE closed_logs <> list_sort(list_distinct(closed_logs))"))
                .isZero();
        store.addUpRollups(START.plusSeconds(9_000));
        assertThat(number("SELECT count(*) FROM rollup_parts")).isZero();
        assertThat(differences()).isZero();
    }

    @Test
    void addsUpWhateverARecordHolds() throws StoreUnavailable {
        store.append(anyCalls(4, 500), 500);
        store.addUpRollups(START.plusSeconds(90_000));
        assertThat(number("SELECT count(*) FROM rollup_parts")).isZero();
        assertThat(differences()).isZero();
        assertThat(laterDifferences()).isZero();
    }

    @Test
    void sumsTheCallsThatAnOlderWeirHasStored() throws StoreUnavailable, SQLException {
        List<CallRecord> calls =
                anyCalls(5, 500).stream().filter(call -> !call.isFromCache()).toList();
        store.append(calls, 500);
        store.close();
        try (Connection database =
                        new DuckDBDriver()
                                .connect("jdbc:duckdb:" + directory.resolve("weir.duckdb"), null);
                Statement statement = database.createStatement()) {
            statement.execute("DROP VIEW rollups; DROP TABLE rollup_parts; DROP TABLE rollup_sums");
            statement.execute("DELETE FROM schema_version WHERE version IN (2, 4, 8)");
        }
        store = Stores.open(directory);
        assertThat(number("SELECT sum(calls) FROM rollups")).isEqualTo(calls.size());
        assertThat(differences()).isZero();
        store.addUpRollups(START.plusSeconds(90_000));
        assertThat(differences()).isZero();
    }

    @Test
    void outliveTheCallsAndGoByTheirOwnClock() throws StoreUnavailable {
        for (int i = 0; i < 40; i++) {
            store.append(List.of(typical(i, i)), i + 1);
        }
        store.addUpRollups(START.plusSeconds(9_000));
        Instant end = START.plusSeconds(9_000);
        assertThat(store.delete(new Keep(end, end, Instant.EPOCH)))
                .isEqualTo(new Deleted(0, 40, 0));
        assertThat(number("SELECT sum(calls) FROM rollups")).isEqualTo(40);
        Deleted deleted = store.delete(new Keep(end, end, START.plusSeconds(300)));
        assertThat(deleted).isEqualTo(new Deleted(0, 0, 1));
        assertThat(number("SELECT sum(calls) FROM rollups")).isEqualTo(31);
    }

    /** How many groups, or buckets of their histograms, the calls and the rollups disagree in. */
    private long differences() throws StoreUnavailable {
        String time = "time_bucket(INTERVAL 5 MINUTE, received_at), ";
        String sums =
                disagreement(
                        "SELECT "
                                + time
                                + GROUP
                                + ", count(*), "
                                + SUMS
                                + " FROM calls GROUP BY ALL",
                        "SELECT "
                                + time
                                + GROUP
                                + ", sum(calls), "
                                + SUMS
                                + " FROM rollups GROUP BY ALL");
        return number(sums)
                + number(histograms("closed", millis("closed_us"), TIMED))
                + number(histograms("first_token", millis("first_token_us"), "true"));
    }

    /** The same of what rows of an older Weir do not have. */
    private long laterDifferences() throws StoreUnavailable {
        String overhead =
                millis("(CASE WHEN closed_us >= 0 THEN greatest(closed_us - upstream_us, 0) END)");
        String output =
                "(output_tokens + reasoning_tokens + output_audio_tokens + output_image_tokens)";
        String pace =
                "(CASE WHEN stream AND %1$s > 1 AND last_byte_us > first_token_us THEN (%1$s - 1) * 1e6 / (last_byte_us - first_token_us) END)"
                        .formatted(output);
        String cache = "SELECT cache, sum(cache_saved_nano_usd), %s FROM %s GROUP BY cache";
        return number(
                        disagreement(
                                cache.formatted("count(*)", "calls"),
                                cache.formatted("sum(calls)", "rollups")))
                + number(histograms("overhead", overhead, TIMED))
                + number(histograms("pace", pace, "true"));
    }

    private static String millis(String micros) {
        return "(greatest(" + micros + ", 1 + 0 * " + micros + ") / 1000)";
    }

    private static String histograms(String what, String value, String condition) {
        String time = "time_bucket(INTERVAL 5 MINUTE, received_at)";
        return disagreement(
                """
                SELECT %1$s AS t, %2$s, floor(ln(%3$s) * 20) AS log, count(*)
                FROM calls WHERE %3$s IS NOT NULL AND %4$s GROUP BY ALL
                """
                        .formatted(time, GROUP, value, condition),
                """
                SELECT * EXCLUDE (n), sum(n) FROM (SELECT received_at, %1$s,
                    unnest(%2$s_logs) AS log, unnest(%2$s_counts) AS n FROM rollups)
                GROUP BY ALL
                """
                        .formatted(GROUP, what));
    }

    private static String disagreement(String one, String other) {
        return """
        SELECT count(*) FROM (
            (FROM (%1$s) EXCEPT ALL FROM (%2$s)) UNION ALL (FROM (%2$s) EXCEPT ALL FROM (%1$s)))
        """
                .formatted(one, other);
    }

    private long number(String sql) throws StoreUnavailable {
        return store.table(sql, List.of(), ONE_NUMBER).cell(0, "n") instanceof Long n ? n : -1;
    }

    /** Of five groups, two of five minutes each, with 20 seconds between them. */
    private static CallRecord typical(int number, int place) {
        return CallRecords.at(START.plusSeconds(20L * place), number)
                .latency(100 + 10L * (number % 7), 90)
                .stream(30 + number % 3)
                .build();
    }

    private static List<CallRecord> anyCalls(int seed, int count) {
        Random random = new Random(seed);
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(CallRecords.any(random, START.plusSeconds(random.nextLong(7_200))));
        }
        for (int i = 0; i < count / 2; i++) {
            calls.set(2 * i, typical(seed * count + i, i));
        }
        return calls;
    }
}
