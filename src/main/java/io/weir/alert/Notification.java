package io.weir.alert;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is told. It may be told the same more than once, by the same id.
 *
 * @param id of this notification; of letters, digits and {@code -}
 * @param at when it was made
 * @param incident as it was then
 * @param link to the incident on the dashboard; null where Weir does not know its own address
 */
public record Notification(
        String id, Kind kind, Instant at, Incident incident, @Nullable String link) {
    /** Why somebody is told. */
    public enum Kind {
        /** An incident has begun. */
        OPENED,
        /** More alerts of it fire. */
        GROWN,
        /** It goes on. */
        REMINDER,
        /** Nobody has acknowledged it, and others are told. */
        ESCALATED,
        /** It is over. */
        RESOLVED,
        /** Nothing has happened: somebody tries whether the channel works. */
        TEST;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
