package io.weir.alert;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A group of which a rule's condition holds, or has held a moment ago.
 *
 * @param since when it began to hold
 * @param lastHeld when it held last
 * @param firedAt when it had held for long enough; null while it has not
 * @param value when it held last
 * @param sentence of that value
 */
record Cell(
        SortedMap<String, String> group,
        Instant since,
        Instant lastHeld,
        @Nullable Instant firedAt,
        double value,
        String sentence) {
    Cell {
        group = new TreeMap<>(group);
    }

    /** Whether people are to know. */
    boolean fires() {
        return firedAt != null;
    }

    /** The same, holding again. */
    Cell again(Instant at, Rule rule, Reading reading) {
        boolean longEnough = !at.isBefore(since.plus(rule.held()));
        return new Cell(
                group,
                since,
                at,
                firedAt != null ? firedAt : longEnough ? at : null,
                reading.value(),
                AlertWords.sentence(rule, reading));
    }

    /** As people are told. */
    Alert alert(@Nullable Instant until) {
        return new Alert(group, sentence, value, since, until);
    }
}
