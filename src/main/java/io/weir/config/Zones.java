package io.weir.config;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Time zones by their names. */
public final class Zones {
    private Zones() {}

    /**
     * The zone of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static ZoneId of(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is no time zone: give UTC or Europe/Berlin for instance".formatted(name),
                    e);
        }
    }
}
