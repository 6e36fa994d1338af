package io.weir.export;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.TraceContext;
import io.weir.wire.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Calls that differ, 500 a second, over midnight; the id of each is known by its number, and its
 * number by its id. One in fifty failed.
 */
final class NumberedCalls {
    private static final Instant START = Instant.parse("2026-11-21T23:30:00Z");
    private static final Duration EVERY = Duration.ofMillis(2);
    private static final int FAILS = 50;

    private NumberedCalls() {}

    /** One that ended. */
    static CallRecord ended(int number) {
        CallRecords call = begun(number).stream(40 + number % 800);
        return number % FAILS == 0
                ? call.outcome("upstream_failed", 502)
                        .error(
                                "server_error",
                                "upstream_broken",
                                "The upstream closed the connection after %d bytes."
                                        .formatted(number % 10_000))
                        .usage(Usage.NONE, Confidence.ESTIMATED)
                        .build()
                : call.usage(Usage.ofText(100 + number % 4_000, number % 900), Confidence.PROVIDER)
                        .latency(300 + number % 9_000, 290 + number % 9_000)
                        .build();
    }

    /** The same as long as it is under way. */
    static CallRecord underWay(int number) {
        return begun(number).outcome("interrupted", 0).attempts().build();
    }

    static UUID id(int number) {
        return CallRecords.id(time(number), number);
    }

    /** Which one has that id; empty for none. */
    static OptionalInt number(UUID id) {
        int number = (int) id.getLeastSignificantBits();
        return number >= 0 && id(number).equals(id) ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private static CallRecords begun(int number) {
        UUID id = id(number);
        return CallRecords.at(time(number), number)
                .model(
                        number % 3 == 0 ? "gpt-4o" : "gpt-5-mini",
                        number % 3 == 0 ? "gpt-4o-2024-08-06" : "gpt-5-mini-2025-08-07")
                .key("key_" + number % 14, "search-" + number % 14, "project " + number % 5)
                .endUser("user-" + number % 1_000)
                .requestBytes(400 + number % 16_000)
                .trace(
                        new TraceContext(
                                id.toString().replace("-", ""),
                                null,
                                TraceContext.spanId(id, 0),
                                1));
    }

    private static Instant time(int number) {
        return START.plus(EVERY.multipliedBy(number));
    }
}
