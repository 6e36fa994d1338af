package io.weir.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * When nobody is told.
 *
 * @param from of the day
 * @param to of the same day, or of the next where that is not later
 * @param days on which it begins
 */
record QuietHours(LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId zone) {
    QuietHours {
        days = Set.copyOf(days);
    }

    /** Whether it is quiet then. */
    boolean at(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        LocalTime hour = local.toLocalTime();
        DayOfWeek day = local.getDayOfWeek();
        if (from.isBefore(to)) {
            return days.contains(day) && !hour.isBefore(from) && hour.isBefore(to);
        }
        return (days.contains(day) && !hour.isBefore(from))
                || (days.contains(day.minus(1)) && hour.isBefore(to));
    }
}
