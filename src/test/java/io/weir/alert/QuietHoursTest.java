package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    private static final QuietHours NIGHTS =
            quiet("22:00", "07:00", EnumSet.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY));

    private static final QuietHours LUNCH = quiet("12:00", "13:00", EnumSet.allOf(DayOfWeek.class));

    /** 2026-11-27 is a Friday; Berlin is an hour ahead in winter and two in summer. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T20:59:00Z, false",
        "2026-11-27T21:00:00Z, true",
        "2026-11-28T05:59:00Z, true",
        "2026-11-28T06:00:00Z, false",
        "2026-11-29T05:59:00Z, true",
        "2026-11-29T21:00:00Z, false",
        "2026-11-30T05:00:00Z, false",
        "2026-07-03T20:00:00Z, true"
    })
    void anEveningsQuietLastsUntilTheMorning(Instant at, boolean quiet) {
        assertThat(NIGHTS.at(at)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T10:59:00Z, false",
        "2026-11-27T11:00:00Z, true",
        "2026-11-27T11:59:00Z, true",
        "2026-11-27T12:00:00Z, false"
    })
    void quietWithinADayEndsThatDay(Instant at, boolean quiet) {
        assertThat(LUNCH.at(at)).isEqualTo(quiet);
    }

    private static QuietHours quiet(String from, String to, Set<DayOfWeek> days) {
        return new QuietHours(
                LocalTime.parse(from), LocalTime.parse(to), days, ZoneId.of("Europe/Berlin"));
    }
}
