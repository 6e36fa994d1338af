package io.weir.store;

import io.weir.store.StoreUnavailable.Reason;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The few threads that read. A read is native code, which would hold on to the carrier of a virtual
 * thread; so the asker waits here while a platform thread works, and more askers than threads wait
 * for their turn, for a bounded time.
 */
final class Readers implements AutoCloseable {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Semaphore turns;
    private final Duration wait;
    private final ExecutorService threads;

    Readers(int count, Duration wait) {
        this.turns = new Semaphore(count, true);
        this.wait = wait;
        this.threads =
                Executors.newFixedThreadPool(
                        count, Thread.ofPlatform().daemon().name("weir-store-read-", 0).factory());
    }

    <T> T run(Callable<T> read) throws StoreUnavailable {
        try {
            if (!turns.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy("too many questions at once", null);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return answer(
                () -> {
                    try {
                        return read.call();
                    } finally {
                        turns.release();
                    }
                },
                FOREVER);
    }

    /** Does what reads need done before, on a thread of theirs but in nobody's turn. */
    void prepare(Callable<?> work, Duration limit) throws StoreUnavailable {
        answer(work, limit);
    }

    @Override
    public void close() {
        threads.close();
    }

    private <T> T answer(Callable<T> work, Duration limit) throws StoreUnavailable {
        try {
            return threads.submit(work).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new StoreUnavailable(Reason.CLOSED, "the store is closed", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (TimeoutException e) {
            throw busy("the store is still being opened", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StoreUnavailable unavailable -> throw unavailable;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("a read failed", e);
            }
        }
    }

    private static StoreUnavailable busy(String why, @Nullable Exception cause) {
        return new StoreUnavailable(Reason.BUSY, why + ": ask again in a moment", cause);
    }

    private static StoreUnavailable interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StoreUnavailable(Reason.BUSY, "the asker was interrupted", e);
    }
}
