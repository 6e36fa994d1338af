package io.weir.call;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A moment in the form records have it: ISO-8601, UTC, always six digits of microseconds, so that
 * texts sort as times do. Written digit by digit, because {@link DateTimeFormatter} would cost as
 * much as the rest of a record.
 */
final class Timestamp {
    private static final DateTimeFormatter ANY_YEAR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private Timestamp() {}

    static String format(Instant instant) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 1000 || time.getYear() > 9999) {
            return ANY_YEAR.format(time);
        }
        byte[] text = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.ISO_8859_1);
        digits(time.getYear(), text, 3);
        digits(time.getMonthValue(), text, 6);
        digits(time.getDayOfMonth(), text, 9);
        digits(time.getHour(), text, 12);
        digits(time.getMinute(), text, 15);
        digits(time.getSecond(), text, 18);
        digits(time.getNano() / 1_000, text, 25);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(int number, byte[] text, int last) {
        int rest = number;
        for (int at = last; rest > 0; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
