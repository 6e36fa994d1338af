package io.weir.alert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a rule is.
 *
 * @param origin {@code default}, {@code configured} or {@code added}
 * @param summary what it watches for, a line for people
 * @param source as it was written
 * @param to channels
 * @param looked when it was looked at last; the epoch where it was not
 * @param pending groups of which it holds, not for long enough
 * @param incident null where none is open
 * @param silent whether nobody is told of what fires
 */
public record Standing(
        String rule,
        String origin,
        Severity severity,
        String summary,
        JsonNode source,
        List<String> to,
        Instant looked,
        List<Alert> pending,
        @Nullable Incident incident,
        boolean silent) {
    public Standing {
        to = List.copyOf(to);
        pending = List.copyOf(pending);
    }

    /** {@code firing}, {@code silenced}, {@code pending} or {@code ok}. */
    public String state() {
        if (incident != null) {
            return silent ? "silenced" : "firing";
        }
        return pending.isEmpty() ? "ok" : "pending";
    }
}
