package io.weir.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times are written before the browser's script puts them into its own zone. */
final class Times {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Times() {}

    /** An ISO instant for people. */
    static String utc(String iso) {
        return UTC.format(Instant.parse(iso));
    }
}
