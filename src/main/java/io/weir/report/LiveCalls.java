package io.weir.report;

import io.weir.call.CallRecord;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Hands ended calls to whoever watches. A watcher that does not keep up misses calls; a call never
 * waits for a watcher.
 */
public final class LiveCalls implements Consumer<CallRecord> {
    private static final int MAX_WAITING = 1_000;

    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    /** One who watches; closed when done. */
    public final class Watcher implements AutoCloseable {
        private final BlockingQueue<CallRecord> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

        /** What has not been taken yet. */
        public BlockingQueue<CallRecord> waiting() {
            return waiting;
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }

    @Override
    public void accept(CallRecord record) {
        for (Watcher watcher : watchers) {
            if (!watcher.waiting.offer(record)) {
                watcher.waiting.poll();
                watcher.waiting.offer(record);
            }
        }
    }

    /** Begins to watch. */
    public Watcher watch() {
        Watcher watcher = new Watcher();
        watchers.add(watcher);
        return watcher;
    }
}
