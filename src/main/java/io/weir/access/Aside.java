package io.weir.access;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something that is done on a platform thread of its own: beside what does not need it, or because
 * it is native code, which would hold on to the carrier of a virtual thread.
 *
 * @param <T> what comes of it
 */
public final class Aside<T> {
    private final String thread;
    private final FutureTask<T> task;

    private Aside(String thread, FutureTask<T> task) {
        this.thread = thread;
        this.task = task;
    }

    /** Begins it. */
    public static <T> Aside<T> begin(String thread, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name(thread).start(task);
        return new Aside<>(thread, task);
    }

    /**
     * What came of it, when it is done; what it has thrown is thrown here.
     *
     * @throws IOException also where the wait is interrupted
     */
    public T await() throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + thread + " was at work");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(thread + " failed", e);
            }
        }
    }
}
