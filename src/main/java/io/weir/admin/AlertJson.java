package io.weir.admin;

import io.weir.alert.Alert;
import io.weir.alert.Alerts;
import io.weir.alert.Backtest;
import io.weir.alert.ChannelHealth;
import io.weir.alert.HistoryEntry;
import io.weir.alert.Incident;
import io.weir.alert.Silence;
import io.weir.alert.Standing;
import io.weir.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Alerts as the admin API shows them. */
final class AlertJson {
    private AlertJson() {}

    static ObjectNode all(Alerts alerts) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode rules = json.putArray("rules");
        alerts.standings().forEach(standing -> rules.add(rule(standing)));
        ArrayNode silences = json.putArray("silences");
        alerts.silences().forEach(silence -> silences.add(silence(silence)));
        ArrayNode channels = json.putArray("channels");
        alerts.channels().forEach(channel -> channels.add(channel(channel)));
        return json;
    }

    static ObjectNode incident(Incident incident) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", incident.id()).put("rule", incident.rule());
        json.put("severity", incident.severity().word()).put("summary", incident.summary());
        json.put("opened_at", incident.openedAt().toString());
        json.put("ended_at", text(incident.endedAt()));
        json.put("acknowledged_by", incident.acknowledgedBy());
        json.set("alerts", alerts(incident.alerts()));
        return json;
    }

    static ObjectNode silence(Silence silence) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", silence.id()).put("rule", silence.rule());
        json.set("group", group(silence.group()));
        json.put("from", silence.from().toString()).put("until", silence.until().toString());
        return json.put("by", silence.by()).put("why", silence.why());
    }

    static ObjectNode history(List<HistoryEntry> entries) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode each = json.putArray("history");
        for (HistoryEntry entry : entries) {
            each.addObject()
                    .put("at", entry.at().toString())
                    .put("event", entry.event())
                    .put("rule", entry.rule())
                    .put("incident", entry.incident())
                    .put("channel", entry.channel())
                    .put("text", entry.text());
        }
        return json;
    }

    static ObjectNode backtest(Backtest backtest) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("rule", backtest.rule()).put("summary", backtest.summary());
        json.put("since", backtest.since().toString()).put("until", backtest.until().toString());
        json.put("looked", backtest.looked()).put("incidents", backtest.incidents());
        json.set("alerts", alerts(backtest.alerts()));
        return json;
    }

    private static ObjectNode rule(Standing standing) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", standing.rule()).put("origin", standing.origin());
        json.put("severity", standing.severity().word()).put("summary", standing.summary());
        json.put("state", standing.state());
        json.put(
                "looked_at",
                standing.looked().equals(Instant.EPOCH) ? null : standing.looked().toString());
        ArrayNode to = json.putArray("to");
        standing.to().forEach(to::add);
        json.set("pending", alerts(standing.pending()));
        @Nullable Incident open = standing.incident();
        json.set("incident", open == null ? Json.MAPPER.nullNode() : incident(open));
        json.set("source", standing.source());
        return json;
    }

    private static ArrayNode alerts(List<Alert> alerts) {
        ArrayNode each = Json.MAPPER.createArrayNode();
        for (Alert alert : alerts) {
            ObjectNode json = each.addObject();
            json.set("group", group(alert.group()));
            json.put("sentence", alert.sentence()).put("value", alert.value());
            json.put("since", alert.since().toString()).put("until", text(alert.until()));
        }
        return each;
    }

    private static ObjectNode channel(ChannelHealth health) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", health.name()).put("kind", health.kind());
        json.put("ok", health.problem().isEmpty());
        json.put("problem", health.problem().orElse(null));
        json.put("waiting", health.waiting()).put("told", health.told());
        json.put("failures", health.failures());
        return json.put("last_told", text(health.lastTold()));
    }

    private static ObjectNode group(Map<String, String> group) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        group.forEach(json::put);
        return json;
    }

    private static @Nullable String text(Optional<Instant> time) {
        return text(time.orElse(null));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
