package io.weir.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened to an incident, a silence or a rule.
 *
 * @param event what: {@code opened}, {@code grown}, {@code ended}, {@code told}, {@code not_told},
 *     {@code acknowledged}, {@code silenced}, {@code unsilenced}, {@code rule_changed}, {@code
 *     rule_removed}
 * @param channel that was told; null where none was
 * @param text for people
 */
public record HistoryEntry(
        Instant at,
        String event,
        String rule,
        @Nullable String incident,
        @Nullable String channel,
        String text) {}
