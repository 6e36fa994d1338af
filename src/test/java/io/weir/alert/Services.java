package io.weir.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.alert.ServiceDouble.Answer;
import io.weir.alert.ServiceDouble.Received;
import io.weir.outbound.Signature;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** How services check what is posted to them, and what they answer. */
final class Services {
    static final String ROUTING_KEY = "0123456789abcdef0123456789ABCDEF";
    static final String SECRET = "whsec-0123456789";

    static final Map<String, String> ENVIRONMENT =
            Map.of("KEY", ROUTING_KEY, "SECRET", SECRET, "TOKEN", "t0ken");

    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]+),v1=[0-9a-f]{64}");

    private Services() {}

    /** A receiver that checks signatures. */
    static Answer webhook(Received post) {
        String signature = post.fields().getFirst("x-weir-signature");
        Matcher parts = SIGNATURE.matcher(signature);
        if (!parts.matches()) {
            return new Answer(401, "");
        }
        long time = Long.parseLong(parts.group(1));
        Duration age = Duration.between(Instant.ofEpochSecond(time), Instant.now()).abs();
        String expected = Signature.of(new Secret(SECRET), time, post.body().getBytes(UTF_8));
        return expected.equals(signature) && age.toMinutes() < 5
                ? new Answer(204, "")
                : new Answer(401, "wrong signature");
    }

    /** Slack's incoming webhooks. */
    static Answer slack(Received post) {
        JsonNode message = parsed(post.body());
        if (!message.isObject()) {
            return new Answer(400, "invalid_payload");
        }
        if (message.path("text").asString("").isEmpty()) {
            return new Answer(400, "no_text");
        }
        JsonNode blocks = message.path("blocks");
        boolean fit =
                blocks.size() <= 50
                        && blocks.valueStream()
                                .map(block -> block.path("text").path("text").asString(""))
                                .allMatch(text -> !text.isEmpty() && text.length() <= 3_000);
        return fit ? new Answer(200, "ok") : new Answer(400, "invalid_blocks");
    }

    /** PagerDuty's Events API v2. */
    static Answer pagerDuty(Received post) {
        JsonNode event = parsed(post.body());
        if (post.body().getBytes(UTF_8).length > 512 * 1024) {
            return new Answer(413, "");
        }
        if (!post.path().equals("/v2/enqueue")) {
            return new Answer(404, "");
        }
        if (!event.path("routing_key").asString("").equals(ROUTING_KEY)) {
            return invalid("Invalid routing key");
        }
        String action = event.path("event_action").asString("");
        if (!List.of("trigger", "acknowledge", "resolve").contains(action)) {
            return invalid("'event_action' is missing or invalid");
        }
        String dedup = event.path("dedup_key").asString("");
        if (dedup.isEmpty() || dedup.length() > 255) {
            return invalid("'dedup_key' is missing or too long");
        }
        return action.equals("trigger") && !fits(event.path("payload"))
                ? invalid("'payload' is invalid")
                : new Answer(
                        202,
                        "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"%s\"}"
                                .formatted(dedup));
    }

    /** A service whose bodies are JSON, and that wants a token. */
    static Answer tokened(Received post) {
        boolean in = "Bearer t0ken".equals(post.fields().getFirst("authorization"));
        return in
                ? new Answer(parsed(post.body()).isMissingNode() ? 400 : 202, "")
                : new Answer(401, "");
    }

    static JsonNode parsed(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static boolean fits(JsonNode payload) {
        String summary = payload.path("summary").asString("");
        Instant.parse(payload.path("timestamp").asString(""));
        return !summary.isEmpty()
                && summary.length() <= 1_024
                && !payload.path("source").asString("").isEmpty()
                && List.of("critical", "error", "warning", "info")
                        .contains(payload.path("severity").asString(""));
    }

    private static Answer invalid(String error) {
        return new Answer(
                400,
                "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\"%s\"]}"
                        .formatted(error));
    }
}
