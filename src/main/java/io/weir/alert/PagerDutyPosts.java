package io.weir.alert;

import io.weir.export.Sent;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpPost;
import io.weir.outbound.HttpSettings;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * PagerDuty's Events API v2: an incident is an alert there, by its id. An event takes 512 KB; ten
 * alerts in words are some kilobytes.
 *
 * @param key the integration's, which is in each event
 * @param source what PagerDuty shows as the place of the trouble
 */
record PagerDutyPosts(Secret key, String source) implements Posts {
    private static final int SUMMARY = 1_024;
    private static final Map<String, String> FIELDS = Map.of("content-type", "application/json");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{32}");

    PagerDutyPosts {
        if (!KEY.matcher(key.reveal()).matches()) {
            throw new IllegalArgumentException(
                    "routing_key is 32 letters and digits: copy it from the service's integration \"Events API V2\"");
        }
    }

    static ChannelKinds.Opening opening(DestinationKeys keys) {
        HttpSettings http = keys.http("https://events.pagerduty.com/v2/enqueue", false);
        Secret key = keys.secret("routing_key", "of an integration \"Events API V2\"");
        String source = keys.settings().text("source", "weir", "the place of the trouble");
        return PostingChannel.opening(keys, http, keys.made(() -> new PagerDutyPosts(key, source)));
    }

    @Override
    public Optional<HttpPost> post(Notification notification, String path) {
        Incident incident = notification.incident();
        String action = action(notification);
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("routing_key", key.reveal());
        event.put("event_action", action);
        event.put("dedup_key", incident.id());
        if (action.equals("trigger")) {
            event.put("client", "Weir");
            event.set("payload", payload(notification));
            if (notification.link() != null) {
                event.put("client_url", notification.link());
                ArrayNode links = event.putArray("links");
                links.addObject().put("href", notification.link()).put("text", "Look at it");
            }
        }
        return Optional.of(new HttpPost(path, FIELDS, NotificationJson.bytes(event)));
    }

    @Override
    public Sent sent(HttpAnswer answer) {
        if (answer.status() == 202) {
            return Sent.DELIVERED;
        }
        if (answer.succeeded()) {
            return new Sent.Failed(
                    "PagerDuty answered %d instead of 202. Check that url is https://events.pagerduty.com/v2/enqueue"
                            .formatted(answer.status()),
                    answer.retryAfter());
        }
        if (answer.status() == 400 && isAboutTheKey(answer.json())) {
            return new Sent.Failed(
                    "PagerDuty does not know the routing key (status 400). Check routing_key",
                    answer.retryAfter());
        }
        return Sent.of(answer, "PagerDuty", "routing_key");
    }

    private static String action(Notification notification) {
        if (notification.kind() == Notification.Kind.RESOLVED) {
            return "resolve";
        }
        return notification.incident().acknowledgedBy() == null ? "trigger" : "acknowledge";
    }

    private ObjectNode payload(Notification notification) {
        Incident incident = notification.incident();
        NotificationText words = NotificationText.of(notification);
        ObjectNode payload = Json.MAPPER.createObjectNode();
        payload.put("summary", Defused.line(words.title(), SUMMARY));
        payload.put("source", source);
        payload.put("severity", severity(notification));
        payload.put("timestamp", notification.at().toString());
        payload.put("class", Defused.line(incident.rule(), SUMMARY));
        ObjectNode details = payload.putObject("custom_details");
        details.put("kind", notification.kind().word());
        details.put("summary", Defused.line(incident.summary(), SUMMARY));
        details.put("opened_at", incident.openedAt().toString());
        ArrayNode alerts = details.putArray("alerts");
        NotificationText.alerts(incident).forEach(alerts::add);
        return payload;
    }

    private static String severity(Notification notification) {
        return switch (notification.incident().severity()) {
            case INFO -> "info";
            case WARNING -> "warning";
            case CRITICAL -> "critical";
        };
    }

    /** A key that is wrong is refused as an event is, and is put right by somebody. */
    private static boolean isAboutTheKey(JsonNode said) {
        return said.path("errors")
                .valueStream()
                .map(error -> error.asString("").toLowerCase(Locale.ROOT).replace('_', ' '))
                .anyMatch(error -> error.contains("routing key"));
    }
}
