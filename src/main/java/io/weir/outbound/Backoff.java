package io.weir.outbound;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to leave a destination alone after failures in a row: ever longer, and never in step.
 */
public final class Backoff {
    /** A destination that asks for more has made a mistake. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** Something went well. */
    public void reset() {
        failures = 0;
    }

    /**
     * The pause after one more failure: half of it by chance, so that many who failed together do
     * not come back together.
     *
     * @param asked what the destination asks for, which is obeyed, up to an hour
     */
    public Duration next(Optional<Duration> asked) {
        long full = Math.min(most.toMillis(), first.toMillis() << Math.min(failures, 20));
        failures++;
        Duration own = Duration.ofMillis(full / 2 + (long) (random.nextDouble() * full / 2));
        return asked.map(it -> it.compareTo(LONGEST) < 0 ? it : LONGEST)
                .filter(it -> it.compareTo(own) > 0)
                .orElse(own);
    }
}
