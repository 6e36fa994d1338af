package io.weir.emulator;

import java.time.Duration;

/**
 * How fast the emulator answers, and to whom.
 *
 * @param firstToken the median wait for the first token
 * @param perToken the median wait for each further one
 * @param jitter the sigma of the log-normal spread of both waits; 0 for none
 * @param requireKey whether a request needs a bearer key, as OpenAI's do
 */
public record EmulatorConfig(
        Duration firstToken, Duration perToken, double jitter, boolean requireKey) {
    public EmulatorConfig {
        if (firstToken.isNegative() || perToken.isNegative()) {
            throw new IllegalArgumentException(
                    "a wait cannot be negative: first token %s, per token %s"
                            .formatted(firstToken, perToken));
        }
        if (!(jitter >= 0 && jitter <= 2)) {
            throw new IllegalArgumentException("jitter is 0 to 2, not " + jitter);
        }
    }

    /** About as fast as a small hosted model: 350 ms to the first token, 18 ms for each further. */
    public static EmulatorConfig realistic() {
        return new EmulatorConfig(Duration.ofMillis(350), Duration.ofMillis(18), 0.35, true);
    }

    /** No waiting at all: for benchmarks and tests. */
    public static EmulatorConfig zero() {
        return new EmulatorConfig(Duration.ZERO, Duration.ZERO, 0, true);
    }

    /** The same speed, open to requests without a key. */
    public EmulatorConfig withoutKey() {
        return new EmulatorConfig(firstToken, perToken, jitter, false);
    }
}
