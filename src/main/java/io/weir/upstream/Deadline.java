package io.weir.upstream;

import io.weir.call.UpstreamFailure;
import io.weir.call.UpstreamFailure.Timer;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The total timer of a call, and how much patience it leaves to the others. */
final class Deadline {
    private final UpstreamConfig config;
    private final LongSupplier ticker;
    private final long atNanos;

    Deadline(UpstreamConfig config, long receivedNanos, LongSupplier ticker) {
        this.config = config;
        this.ticker = ticker;
        this.atNanos = receivedNanos + config.total().toNanos();
    }

    /**
     * The smaller of a timer and what is left of the whole, in nanoseconds, never below a
     * millisecond.
     */
    long patience(Duration timer) {
        return Math.max(1_000_000, Math.min(timer.toNanos(), atNanos - ticker.getAsLong()));
    }

    /** The longest silence within an answer. */
    Duration idle() {
        return config.idle();
    }

    /** Whether the whole time is up. */
    boolean passed() {
        return ticker.getAsLong() - atNanos >= 0;
    }

    /**
     * The failure after a read that waited too long: of the whole call if its time is up, of that
     * timer otherwise.
     */
    UpstreamFailure.TimedOut timedOut(Timer timer, Duration bound) {
        if (passed()) {
            return new UpstreamFailure.TimedOut(
                    Timer.TOTAL,
                    "The call took longer than %d s in all. Ask for less, or raise upstream.timeouts.total."
                            .formatted(config.total().toSeconds()));
        }
        String what =
                timer == Timer.FIRST_BYTE
                        ? "did not begin to answer within %s. Ask for less, stream, or raise upstream.timeouts.first_byte."
                        : "fell silent for %s in the middle of its answer. Retry, or raise upstream.timeouts.idle.";
        return new UpstreamFailure.TimedOut(
                timer, ("The upstream '%s' " + what).formatted(config.name(), seconds(bound)));
    }

    private static String seconds(Duration bound) {
        return bound.toMillis() < 10_000 ? bound.toMillis() + " ms" : bound.toSeconds() + " s";
    }
}
