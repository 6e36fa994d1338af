package io.weir.upstream;

import java.util.concurrent.TimeUnit;

/**
 * Ends the waiting for an upstream that does not take its request: reads can time out, writes
 * cannot. Only a request that is larger than the network's buffers can be stuck that way.
 */
final class WriteGuard implements AutoCloseable {
    private final Thread thread;

    /** Aborts the connection after that time, unless closed before. */
    WriteGuard(UpstreamConnection connection, long nanos) {
        thread =
                Thread.ofVirtual()
                        .name("weir-write-guard")
                        .start(() -> abortAfter(connection, nanos));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static void abortAfter(UpstreamConnection connection, long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            connection.abort();
        } catch (InterruptedException sent) {
            Thread.currentThread().interrupt();
        }
    }
}
