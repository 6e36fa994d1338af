package io.weir.replay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a trace is played.
 *
 * @param speed how many times faster than recorded
 * @param model the model every call asks for; null leaves it to the trace
 * @param concurrency calls in flight at most; beyond it calls start late, and that is reported
 * @param stream whether answers are asked for as streams
 * @param silence how long a call may hear nothing before it is given up
 */
public record ReplaySettings(
        double speed, @Nullable String model, int concurrency, boolean stream, Duration silence) {
    private static final String DEFAULT_MODEL = "gpt-4o-mini";

    public ReplaySettings {
        if (!(speed > 0) || speed > 1e6) {
            throw new IllegalArgumentException("speed is above 0 and at most 1e6, not " + speed);
        }
        if (concurrency < 1 || concurrency > 65_536) {
            throw new IllegalArgumentException("concurrency is 1 to 65536, not " + concurrency);
        }
    }

    String modelFor(TraceCall call) {
        if (model != null) {
            return model;
        }
        return call.model() == null ? DEFAULT_MODEL : call.model();
    }
}
