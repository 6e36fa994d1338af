package io.weir.export;

import io.weir.config.Settings;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.HttpPost;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Pauses;
import io.weir.outbound.Resolver;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Splunk's HTTP Event Collector, or whatever else speaks its protocol: batches of JSON objects one
 * after the other.
 *
 * <p>With acknowledgement a batch is delivered when indexers have it. The question goes over the
 * connection that the batch took where it is still open; a balancer before several collectors must
 * send both to the same one.
 */
final class SplunkDestination implements Destination {
    /**
     * A collector takes 5 MB an event and 800 MB a request unless limits.conf says less; Splunk
     * Cloud asks for requests of about a megabyte.
     */
    private static final Limits LIMITS = new Limits(1_000, 1_000_000, 1_000_000);

    /** What says when an event was, and its last brace. */
    private static final int TIME_BYTES = 32;

    private final SplunkSettings settings;
    private final GuardedHttp http;
    private final UUID channel;
    private final Pauses pauses;
    private final String base;
    private final byte[] envelope;
    private boolean acknowledges;

    /**
     * Nothing is sent yet.
     *
     * @param channel a random one, which no other destination uses
     */
    SplunkDestination(SplunkSettings settings, GuardedHttp http, UUID channel, Pauses pauses) {
        this.settings = settings;
        this.http = http;
        this.channel = channel;
        this.pauses = pauses;
        this.base = http.target().path().replaceFirst("/*(services/collector(/event)?/*)?$", "");
        this.envelope = envelope(settings);
    }

    static Opening opening(DestinationKeys keys) {
        HttpSettings http = keys.http("", true);
        Settings its = keys.settings();
        Secret token = keys.secret("token", "the event collector's token");
        boolean ack = its.flag("ack", false, "whether indexers have to acknowledge");
        Duration every = its.duration("ack_every", "1s", "how often that is asked for");
        Duration most = its.duration("ack_most", "2m", "for how long");
        SplunkSettings settings =
                keys.made(() ->
                        new SplunkSettings(
                                http,
                                token,
                                its.text("host", "weir", "of every event"),
                                its.text("source", "weir", "of every event"),
                                its.text("sourcetype", "weir:call", "of every event"),
                                Optional.ofNullable(
                                        its.textOrNull("index", "the token's own without")),
                                ack
                                        ? Optional.of(new SplunkSettings.Ack(every, most))
                                        : Optional.empty()));
        keys.made(() -> new GuardedHttp(http, Resolver.SYSTEM, InstantSource.system()));
        return () ->
                new SplunkDestination(
                        settings,
                        new GuardedHttp(http, Resolver.SYSTEM, InstantSource.system()),
                        UUID.randomUUID(),
                        Pauses.SYSTEM);
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Sent send(List<Event> events) throws InterruptedException {
        try {
            Optional<Sent> hindrance = settings.ack().isPresent() ? hindrance() : Optional.empty();
            if (hindrance.isPresent()) {
                return hindrance.get();
            }
            HttpAnswer answer = post("event", body(events));
            JsonNode json = answer.json();
            if (answer.status() != 200 || json.path("code").asInt(-1) != HecCode.SUCCESS) {
                return failed(answer, json);
            }
            return settings.ack().isPresent()
                    ? acknowledged(json.path("ackId"), settings.ack().get())
                    : Sent.DELIVERED;
        } catch (HttpFailure e) {
            return new Sent.Failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /**
     * What would keep acknowledgements from coming: asked once, before anything is sent, because
     * each batch would be taken, never acknowledged, and sent again for ever.
     */
    private Optional<Sent> hindrance() throws HttpFailure, InterruptedException {
        if (acknowledges) {
            return Optional.empty();
        }
        HttpAnswer answer = post("ack", acks(0));
        JsonNode json = answer.json();
        acknowledges = answer.status() == 200 && json.path("acks").isObject();
        return acknowledges ? Optional.empty() : Optional.of(failed(answer, json));
    }

    private Sent acknowledged(JsonNode id, SplunkSettings.Ack ack) throws InterruptedException {
        if (!id.isIntegralNumber()) {
            acknowledges = false;
            return new Sent.Failed(
                    "Splunk took the batch without a number to ask after. Enable acknowledgement for the token in Splunk, or set ack to false");
        }
        String last = "not yet";
        for (Duration waited = Duration.ZERO;
                waited.compareTo(ack.most()) < 0;
                waited = waited.plus(ack.every())) {
            pauses.pause(ack.every());
            try {
                HttpAnswer answer = post("ack", acks(id.asLong()));
                if (answer.json().path("acks").path(id.asString()).asBoolean(false)) {
                    return Sent.DELIVERED;
                }
                last = "it answered " + answer.status();
            } catch (HttpFailure e) {
                last = String.valueOf(e.getMessage());
            }
        }
        return new Sent.Failed(
                "Splunk has not acknowledged the batch within %d s (%s)"
                        .formatted(ack.most().toSeconds(), last));
    }

    private HttpAnswer post(String what, byte[] body) throws HttpFailure, InterruptedException {
        Map<String, String> fields = new HashMap<>();
        fields.put("authorization", "Splunk " + settings.token().reveal());
        fields.put("content-type", "application/json");
        if (settings.ack().isPresent()) {
            fields.put("x-splunk-request-channel", channel.toString());
        }
        return http.post(new HttpPost(base + "/services/collector/" + what, fields, body));
    }

    private byte[] body(List<Event> events) {
        int around = envelope.length + TIME_BYTES;
        ByteArrayOutputStream body =
                new ByteArrayOutputStream(Bodies.jsonBytes(events) + events.size() * around);
        for (Event event : events) {
            body.writeBytes(
                    ("{\"time\":" + seconds(event.time())).getBytes(StandardCharsets.UTF_8));
            body.writeBytes(envelope);
            body.writeBytes(event.json());
            body.write('}');
        }
        return body.toByteArray();
    }

    /** Plain digits: a number with an exponent is refused (code 15). */
    private static String seconds(Instant time) {
        return "%d.%06d".formatted(time.getEpochSecond(), time.getNano() / 1_000);
    }

    private static byte[] envelope(SplunkSettings settings) {
        ObjectNode common = Json.MAPPER.createObjectNode();
        common.put("host", settings.host());
        common.put("source", settings.source());
        common.put("sourcetype", settings.sourcetype());
        settings.index().ifPresent(index -> common.put("index", index));
        String members = Json.MAPPER.writeValueAsString(common);
        return (members.substring(0, members.length() - 1) + ",\"event\":")
                .replaceFirst("\\{", ",")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] acks(long id) {
        return "{\"acks\":[%d]}".formatted(id).getBytes(StandardCharsets.UTF_8);
    }

    private static Sent failed(HttpAnswer answer, JsonNode json) {
        return HecCode.of(
                answer.status(),
                json.path("code").asInt(-1),
                json.path("invalid-event-number").asInt(-1),
                answer.retryAfter());
    }
}
