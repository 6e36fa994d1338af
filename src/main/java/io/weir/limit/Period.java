package io.weir.limit;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How long a budget's money has to do. */
public enum Period {
    DAY,
    /** From Monday on. */
    WEEK,
    MONTH,
    /** Until somebody changes the budget. */
    TOTAL;

    /** A time from {@code from}, inclusive, to {@code until}, exclusive. */
    public record Span(Instant from, Instant until) {
        boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }

    /** The one that holds that time, where days begin in that zone. */
    public Span at(Instant time, ZoneId zone) {
        LocalDate day = time.atZone(zone).toLocalDate();
        return switch (this) {
            case DAY -> span(day, day.plusDays(1), zone);
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield span(monday, monday.plusWeeks(1), zone);
            }
            case MONTH -> {
                LocalDate first = day.withDayOfMonth(1);
                yield span(first, first.plusMonths(1), zone);
            }
            case TOTAL -> new Span(Instant.EPOCH, Instant.MAX);
        };
    }

    /** Its name in rules. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The period of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Period of(String word) {
        return Words.one(values(), Period::word, word);
    }

    private static Span span(LocalDate from, LocalDate until, ZoneId zone) {
        return new Span(from.atStartOfDay(zone).toInstant(), until.atStartOfDay(zone).toInstant());
    }
}
