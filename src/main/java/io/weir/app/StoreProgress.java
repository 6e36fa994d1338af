package io.weir.app;

import io.weir.ledger.JournalHealth;
import io.weir.ledger.RecordLog;
import io.weir.pricing.Repricer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How far the store has followed the journal. */
final class StoreProgress implements Repricer.Progress {
    private static final Duration LOOK = Duration.ofMillis(20);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RecordLog log;
    private final String storeReader;

    StoreProgress(RecordLog log, String storeReader) {
        this.log = log;
        this.storeReader = storeReader;
    }

    @Override
    public void await(long sequence) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!has(sequence)) {
            if (System.nanoTime() - until > 0) {
                throw new IOException(
                        "the store has not followed the journal for %d s: see weir status"
                                .formatted(PATIENCE.toSeconds()));
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    /** Waits for as long as it takes. */
    void awaitPatiently(long sequence) throws InterruptedException {
        while (!has(sequence)) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    private boolean has(long sequence) {
        JournalHealth health = log.health();
        long behind = health.readerLag().getOrDefault(storeReader, 0L);
        return health.lastSequence() - behind >= sequence;
    }
}
