package io.weir.emulator;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** How long one answer takes, token by token. Belongs to the thread that sends it. */
final class Pace {
    private static final double LONGEST_STRETCH = 8;

    private final EmulatorConfig config;
    private final RandomGenerator random;

    Pace(EmulatorConfig config, long seed) {
        this.config = config;
        this.random = new SplittableRandom(seed);
    }

    /** The wait for the first token. */
    Duration first() {
        return stretched(config.firstToken());
    }

    /** The wait for one further token. */
    Duration next() {
        return stretched(config.perToken());
    }

    /** The wait for so many further tokens together. */
    Duration next(int tokens) {
        return config.perToken().multipliedBy(tokens);
    }

    private Duration stretched(Duration median) {
        if (median.isZero() || config.jitter() == 0) {
            return median;
        }
        double factor = Math.exp(config.jitter() * random.nextGaussian());
        return Duration.ofNanos((long) (median.toNanos() * Math.min(factor, LONGEST_STRETCH)));
    }
}
