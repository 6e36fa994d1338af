package io.weir.alert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All alerts of one rule from the first that fires until none does: what people are told of, and
 * what they acknowledge.
 *
 * @param id unique for ever, of letters, digits and {@code -}
 * @param rule its name
 * @param summary what the rule watches for, a line for people
 * @param openedAt when the first alert fired
 * @param endedAt when the last one ended; null while one fires
 * @param alerts those that fire first, the worst of them first
 * @param acknowledgedBy who said that they look after it; null for nobody
 */
public record Incident(
        String id,
        String rule,
        Severity severity,
        String summary,
        Instant openedAt,
        @Nullable Instant endedAt,
        List<Alert> alerts,
        @Nullable String acknowledgedBy) {
    public Incident {
        alerts = List.copyOf(alerts);
    }

    /** Whether an alert of it fires. */
    public boolean open() {
        return endedAt == null;
    }

    /** Its name within the page of alerts, for the end of a link. */
    public String anchor() {
        return "incident-" + id;
    }

    /** Its alerts that fire. */
    public List<Alert> firing() {
        return alerts.stream().filter(Alert::firing).toList();
    }
}
