package io.weir.alert;

import io.weir.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A notification as a JSON object, for programs: names are as they are, if long ones are cut. */
final class NotificationJson {
    /** Beyond it alerts are counted, so that a post stays below a megabyte. */
    private static final int ALERTS = 100;

    private static final int CHARACTERS = 1_000;

    private NotificationJson() {}

    static ObjectNode of(Notification notification) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", notification.id());
        json.put("kind", notification.kind().word());
        json.put("at", notification.at().toString());
        json.put("link", notification.link());
        json.set("incident", incident(notification.incident()));
        return json;
    }

    /** Its bytes; half a surrogate, which JSON lets a name have and UTF-8 does not, is a '?'. */
    static byte[] bytes(JsonNode json) {
        return Json.MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode incident(Incident incident) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", incident.id());
        json.put("rule", incident.rule());
        json.put("severity", incident.severity().word());
        json.put("summary", incident.summary());
        json.put("opened_at", incident.openedAt().toString());
        json.put("ended_at", time(incident.endedAt()));
        json.put("acknowledged_by", incident.acknowledgedBy());
        List<Alert> alerts = incident.alerts();
        ArrayNode list = json.putArray("alerts");
        alerts.stream().limit(ALERTS).map(NotificationJson::alert).forEach(list::add);
        json.put("alerts_left_out", Math.max(0, alerts.size() - ALERTS));
        return json;
    }

    private static ObjectNode alert(Alert alert) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ObjectNode group = json.putObject("group");
        alert.group().forEach((dimension, name) -> group.put(dimension, cut(name)));
        json.put("sentence", cut(alert.sentence()));
        if (Double.isFinite(alert.value())) {
            json.put("value", alert.value());
        } else {
            json.putNull("value");
        }
        json.put("since", alert.since().toString());
        json.put("until", time(alert.until()));
        return json;
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, CHARACTERS - 1)) + "…";
    }
}
