package io.weir.meter;

import java.time.Duration;

/**
 * How far an answer is read on after its client has gone, so that its usage, which comes last, is
 * known.
 *
 * @param time at most; zero to break off at once
 * @param bytes at most
 */
public record DrainBounds(Duration time, long bytes) {
    /** Break off at once: the upstream is cancelled. */
    public static final DrainBounds CANCEL = new DrainBounds(Duration.ZERO, 0);

    /** Whether anything is read on at all. */
    public boolean drains() {
        return !time.isZero();
    }
}
