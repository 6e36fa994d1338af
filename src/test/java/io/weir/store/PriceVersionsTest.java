package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.call.RandomCalls;
import io.weir.call.Repriced;
import io.weir.wire.Usage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceVersionsTest {
    private static final Instant LATER = Instant.parse("2026-11-26T10:00:00Z");
    private static final Cost.Unpriced UNPRICED = new Cost.Unpriced("no price for it");

    private final RandomCalls random = new RandomCalls(3);

    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init")
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
    void aCallShowsTheNewestVersionAndKeepsTheFirst() throws StoreUnavailable {
        CallRecord call = unpriced();
        CallRecord other = unpriced();
        store.append(List.of(call, other), 2);
        store.append(List.of(), List.of(priced(call, 2, 7)), 3);

        assertThat(cost(call)).isEqualTo(new Cost.Priced(7, "its price"));
        assertThat(cost(other)).isEqualTo(UNPRICED);
        assertThat(store.priceVersions(other)).isEmpty();
        assertThat(store.priceVersions(call))
                .extracting(PriceVersion::number, PriceVersion::cost, PriceVersion::by)
                .containsExactly(
                        tuple(1, UNPRICED, "weir"),
                        tuple(2, new Cost.Priced(7, "its price"), "Anna"));
        assertThat(store.appliedThrough()).isEqualTo(3);
    }

    @Test
    void aVersionThatIsThereAlreadyChangesNothing() throws StoreUnavailable {
        CallRecord call = unpriced();
        Repriced priced = priced(call, 2, 7);
        store.append(List.of(call), List.of(priced, priced), 2);
        store.append(List.of(call), List.of(priced), 2);
        store.append(List.of(), List.of(priced(call, 2, 9)), 4);

        assertThat(cost(call)).isEqualTo(new Cost.Priced(7, "its price"));
        assertThat(store.priceVersions(call)).hasSize(2);
        assertThat(sums("")).isEqualTo(List.of(1L, 7L, call.usage().total()));
    }

    @Test
    void theLastOfSeveralVersionsOfOneBatchCounts() throws StoreUnavailable {
        CallRecord call = unpriced();
        store.append(List.of(call), List.of(priced(call, 2, 7), priced(call, 3, 5)), 3);

        assertThat(cost(call)).isEqualTo(new Cost.Priced(5, "its price"));
        assertThat(store.priceVersions(call))
                .extracting(PriceVersion::number)
                .containsExactly(1, 2, 3);
        assertThat(sums("")).isEqualTo(List.of(1L, 5L, call.usage().total()));
    }

    @Test
    void aCallThatIsGoneIsPassedOver() throws StoreUnavailable {
        store.append(List.of(), List.of(priced(unpriced(), 2, 7)), 5);

        assertThat(store.count()).isZero();
        assertThat(sums("")).isEqualTo(List.of(0L, 0L, 0L));
        assertThat(store.appliedThrough()).isEqualTo(5);
    }

    @Test
    void sumsSayWhatTheCallsSay() throws StoreUnavailable {
        List<CallRecord> calls = Stream.generate(this::unpriced).limit(200).toList();
        store.append(calls, 200);
        store.addUpRollups(Instant.parse("2100-01-01T00:00:00Z"));
        List<Repriced> priced = calls.stream().limit(150).map(call -> priced(call, 2, 11)).toList();
        store.append(List.of(), priced, 350);

        assertThat(sums("WHERE cost_state = 'unpriced'").getFirst()).isEqualTo(50L);
        assertThat(sums("WHERE cost_state = 'priced'").subList(0, 2))
                .isEqualTo(List.of(150L, 1_650L));
        long tokens = calls.stream().mapToLong(call -> call.usage().total()).sum();
        assertThat(sums("")).isEqualTo(List.of(200L, 1_650L, tokens));
        assertThat(histogram()).isEqualTo(List.of((long) closed(calls), 0L));

        store.addUpRollups(Instant.parse("2100-01-01T00:00:00Z"));
        assertThat(sums("")).isEqualTo(List.of(200L, 1_650L, tokens));
        assertThat(histogram()).isEqualTo(List.of((long) closed(calls), 0L));
    }

    @Test
    void versionsGoWithTheirCall() throws StoreUnavailable {
        CallRecord call = unpriced();
        store.append(List.of(call), List.of(priced(call, 2, 7)), 2);
        Instant end = Instant.parse("2100-01-01T00:00:00Z");
        store.delete(new Keep(end, end, end));

        assertThat(store.priceVersions(call)).isEmpty();
    }

    private Cost cost(CallRecord call) throws StoreUnavailable {
        return store.call(call.id()).orElseThrow().cost();
    }

    private CallRecord unpriced() {
        CallRecord call = random.next();
        return new CallRecord(
                call.id(),
                call.receivedAt(),
                call.request(),
                call.caller(),
                call.answer(),
                Usage.ofText(Math.floorMod(call.request().choices(), 1_000), 7),
                call.usageConfidence(),
                UNPRICED,
                call.moments(),
                call.attempts(),
                call.content());
    }

    private static Repriced priced(CallRecord call, int version, long nanoUsd) {
        return new Repriced(
                call.id(),
                call.receivedAt(),
                version,
                new Cost.Priced(nanoUsd, "its price"),
                LATER,
                "Anna");
    }

    private static int closed(List<CallRecord> calls) {
        return (int)
                calls.stream()
                        .filter(call -> call.moments().closed() >= 0)
                        .filter(call -> !call.answer().outcome().equals("refused"))
                        .count();
    }

    private List<Long> sums(String where) throws StoreUnavailable {
        return numbers(
                """
                SELECT coalesce(sum(calls), 0), coalesce(sum(cost_nano_usd), 0),
                    coalesce(sum(input_tokens + cache_read_tokens + cache_write_tokens
                        + input_audio_tokens + input_image_tokens + output_tokens
                        + reasoning_tokens + output_audio_tokens + output_image_tokens), 0)
                FROM rollups
                """
                        + where,
                3);
    }

    /** How many calls the histogram of latencies has, and how many buckets have less than none. */
    private List<Long> histogram() throws StoreUnavailable {
        return numbers(
                """
                SELECT sum(n), count(*) FILTER (n < 0) FROM (
                    SELECT log, sum(n) AS n FROM (
                        SELECT unnest(closed_logs) AS log, unnest(closed_counts) AS n FROM rollups)
                    GROUP BY log)
                """,
                2);
    }

    private List<Long> numbers(String sql, int columns) throws StoreUnavailable {
        List<Column> named =
                Stream.iterate(0, i -> i + 1)
                        .limit(columns)
                        .map(i -> new Column("n" + i, Unit.NUMBER))
                        .toList();
        return store.table(sql, List.of(), named).rows().getFirst().stream()
                .map(cell -> (Long) cell)
                .toList();
    }
}
