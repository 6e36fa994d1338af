package io.weir.alert;

import io.weir.report.Trouble;
import io.weir.store.CallFilter;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a rule is.
 *
 * @param origin {@code default}, {@code configured} or {@code added}
 * @param summary what it watches for, a line for people
 * @param source as it was written
 * @param where which calls it is about, by the names of {@link CallFilter}
 * @param trouble what is wrong with them when it fires; null where no call is wrong
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
        SortedMap<String, String> where,
        @Nullable Trouble trouble,
        List<String> to,
        Instant looked,
        List<Alert> pending,
        @Nullable Incident incident,
        boolean silent) {
    public Standing {
        where = new TreeMap<>(where);
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
