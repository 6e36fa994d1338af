package io.weir.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * A calendar's times, one after the other.
 *
 * @param zone in which they begin at midnight
 */
record Period(Length length, ZoneId zone) {
    /** How long one is. */
    enum Length {
        MONTH,
        WEEK,
        DAY;

        /** The words there are, the usual first. */
        static final List<String> WORDS = List.of("month", "week", "day");
    }

    /** When the one began that is going on. */
    Instant start(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        LocalDate first =
                switch (length) {
                    case DAY -> day;
                    case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTH -> day.withDayOfMonth(1);
                };
        return first.atStartOfDay(zone).toInstant();
    }
}
