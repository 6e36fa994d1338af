package io.weir.report;

import io.weir.report.Anomaly.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Something planted into a made-up history.
 *
 * @param kind null for nothing at all
 * @param strength what is multiplied by it, or for errors the share that fails
 */
record Plant(@Nullable Kind kind, String key, Instant from, Instant until, double strength) {
    static Plant any(RandomGenerator random, @Nullable Kind kind, String key, Instant end) {
        Instant from = end.minus(Duration.ofMinutes(5L * random.nextInt(36, 250)));
        int least = kind == Kind.SILENCE ? 12 : 4;
        Duration time = Duration.ofMinutes(5L * random.nextInt(least, 36));
        return new Plant(kind, key, from, from.plus(time), strength(random, kind));
    }

    boolean covers(String of, Instant at) {
        return kind != null && key.equals(of) && !at.isBefore(from) && at.isBefore(until);
    }

    double times(Kind of, String name, Instant at) {
        return kind == of && covers(name, at) ? strength : 1;
    }

    /** What it shows as: more calls cost more, and so do larger ones, which those of a loop are. */
    Set<Kind> shows() {
        return switch (kind) {
            case null -> EnumSet.noneOf(Kind.class);
            case ERRORS -> EnumSet.of(Kind.ERRORS);
            case LATENCY -> EnumSet.of(Kind.LATENCY);
            case FIRST_TOKEN -> EnumSet.of(Kind.FIRST_TOKEN);
            case VOLUME -> EnumSet.of(Kind.VOLUME, Kind.SPEND);
            case SILENCE -> EnumSet.of(Kind.SILENCE);
            case SPEND -> EnumSet.of(Kind.SPEND);
            case TOKENS -> EnumSet.of(Kind.TOKENS, Kind.SPEND);
            case LOOP -> EnumSet.of(Kind.LOOP, Kind.VOLUME, Kind.SPEND, Kind.TOKENS);
        };
    }

    private static double strength(RandomGenerator random, @Nullable Kind kind) {
        return switch (kind) {
            case null -> 1;
            case ERRORS -> random.nextDouble(0.1, 0.5);
            case LATENCY -> random.nextDouble(2, 4);
            case FIRST_TOKEN -> random.nextDouble(2, 5);
            case VOLUME -> random.nextDouble(4, 10);
            case SILENCE -> 0;
            case SPEND -> random.nextDouble(4, 8);
            case TOKENS -> random.nextDouble(2, 5);
            case LOOP -> random.nextDouble(60, 400);
        };
    }
}
