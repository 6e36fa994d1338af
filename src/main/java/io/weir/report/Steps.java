package io.weir.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A window cut into steps of equal length that begin on round times in UTC.
 *
 * @param first the number of the first step, counted from 1970
 * @param count how many there are
 * @param width of each
 */
public record Steps(long first, int count, Duration width) {
    private static final List<Duration> WIDTHS =
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(4),
                    Duration.ofHours(8),
                    Duration.ofDays(1),
                    Duration.ofDays(7));

    /** The finest round steps of which the window needs no more than {@code most}, about. */
    public static Steps fitting(Instant since, Instant until, int most) {
        Duration span = Duration.between(since, until);
        Duration width =
                WIDTHS.stream()
                        .filter(each -> span.dividedBy(each) <= most)
                        .findFirst()
                        .orElseGet(() -> Duration.ofDays(1 + span.toDays() / most));
        long first = index(since, width);
        long last = index(until.minus(1, ChronoUnit.MICROS), width);
        return new Steps(first, Math.toIntExact(last - first + 1), width);
    }

    /** When each step begins. */
    public List<Instant> times() {
        return LongStream.range(first, first + count).mapToObj(this::time).toList();
    }

    /** When the step of that number begins. */
    Instant time(long number) {
        return Instant.EPOCH.plus(width.multipliedBy(number));
    }

    /** Which of {@link #times()} that is. */
    public int position(Instant time) {
        return Math.toIntExact(index(time, width) - first);
    }

    long widthMicros() {
        return width.toNanos() / 1_000;
    }

    private static long index(Instant time, Duration width) {
        return Math.floorDiv(
                ChronoUnit.MICROS.between(Instant.EPOCH, time), width.toNanos() / 1_000);
    }
}
