package io.weir.store;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A process to be killed: stores batches without end, going on where the store says, and prints the
 * sequence of each batch that is stored.
 */
final class StoreFeeder {
    private static final Instant START = Instant.parse("2026-11-22T01:02:03Z");
    private static final int BATCH = 5_000;

    private StoreFeeder() {}

    public static void main(String[] arguments) throws IOException {
        CallStore store = Stores.open(Path.of(arguments[0]));
        for (long sequence = store.appliedThrough(); ; sequence += BATCH) {
            store.append(batch(sequence), sequence + BATCH);
            System.out.println(sequence + BATCH);
            System.out.flush();
        }
    }

    private static List<CallRecord> batch(long after) {
        return LongStream.rangeClosed(after + 1, after + BATCH)
                .mapToObj(number ->
                        CallRecords.at(START.plusMillis(number), number)
                                .attempts(
                                        CallRecords.attempt(1, 500, "upstream_broken"),
                                        CallRecords.attempt(2, 200, null))
                                .content("asked " + number, "answered " + number)
                                .build())
                .toList();
    }
}
