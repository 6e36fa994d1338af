package io.weir.replay;

import java.util.concurrent.locks.LockSupport;

/** A clock that only runs forward and can be waited on. */
public interface Ticker {
    /** Nanoseconds since some moment. */
    long nanos();

    /** Waits until {@link #nanos} reaches {@code deadline}; returns at once when it is past. */
    void waitUntil(long deadline) throws InterruptedException;

    /** The machine's clock, waited on by parking: the kernel wakes us some 50 µs late. */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void waitUntil(long deadline) throws InterruptedException {
                for (long left = deadline - nanos(); left > 0; left = deadline - nanos()) {
                    LockSupport.parkNanos(this, left);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            }
        };
    }
}
