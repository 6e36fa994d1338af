package io.weir.call;

import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecord.Request;
import io.weir.wire.Usage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A parsed record, member by member: a member that is missing, or of another type, is absent. */
record CallRecordTree(JsonNode tree) {
    private static final String NOT_SAID = "";

    CallRecord call() {
        return new CallRecord(
                id(),
                receivedAt(),
                request(),
                caller(),
                answer(),
                usage(),
                confidence(),
                cost(),
                moments(),
                attempts(),
                cache(),
                content());
    }

    private UUID id() {
        return UUID.fromString(required("id"));
    }

    private Instant receivedAt() {
        String text = required("received_at");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("received_at is no ISO-8601 time: " + text, e);
        }
    }

    private Request request() {
        return new Request(
                text("endpoint", NOT_SAID),
                text("operation", NOT_SAID),
                text("method", NOT_SAID),
                text("path", NOT_SAID),
                text("request_model"),
                tree.path("stream").booleanValue(false),
                tree.path("choices").intValue(1),
                number("max_tokens", -1),
                text("end_user"),
                text("request_service_tier"),
                number("request_bytes", 0),
                tree.path("client_retry").intValue(0),
                text("user_agent"),
                trace(),
                fingerprint());
    }

    private @Nullable Fingerprint fingerprint() {
        String request = text("request_fingerprint");
        return request == null
                ? null
                : new Fingerprint(
                        Fingerprint.of(request),
                        texts("prompt_beginnings").stream().map(Fingerprint::of).toList());
    }

    private @Nullable TraceContext trace() {
        String traceId = text("trace_id");
        String spanId = text("span_id");
        return traceId == null || spanId == null
                ? null
                : new TraceContext(
                        traceId,
                        text("parent_span_id"),
                        spanId,
                        tree.path("trace_flags").intValue(0));
    }

    private @Nullable Principal caller() {
        String keyId = text("key_id");
        return keyId == null
                ? null
                : new Principal(
                        keyId,
                        text("key_name", NOT_SAID),
                        text("project", NOT_SAID),
                        texts("tags"));
    }

    private Answer answer() {
        return new Answer(
                text("outcome", NOT_SAID),
                tree.path("status").intValue(0),
                text("error_type"),
                text("error_code"),
                text("error_message"),
                text("upstream"),
                text("provider"),
                text("response_id"),
                text("response_model"),
                text("service_tier"),
                texts("finish_reasons"),
                number("response_bytes", 0),
                number("chunks", 0));
    }

    private Usage usage() {
        return new Usage(
                number("input_tokens", 0),
                number("cache_read_tokens", 0),
                number("cache_write_tokens", 0),
                number("input_audio_tokens", 0),
                number("input_image_tokens", 0),
                number("output_tokens", 0),
                number("reasoning_tokens", 0),
                number("output_audio_tokens", 0),
                number("output_image_tokens", 0));
    }

    private Confidence confidence() {
        return Confidence.of(text("usage_confidence", Confidence.NONE.word()));
    }

    private Cost cost() {
        String state = text("cost_state", "unpriced");
        return switch (state) {
            case "priced" ->
                    new Cost.Priced(number("cost_nano_usd", 0), text("price_id", NOT_SAID));
            case "free" -> new Cost.Free();
            case "unpriced" -> new Cost.Unpriced(text("unpriced_reason", "not said"));
            default -> throw new IllegalArgumentException("no cost is '" + state + "'");
        };
    }

    private Moments moments() {
        return new Moments(
                number("admitted_us", -1),
                number("connected_us", -1),
                number("request_sent_us", -1),
                number("first_byte_us", -1),
                number("first_token_us", -1),
                number("last_byte_us", -1),
                number("closed_us", -1),
                number("longest_gap_us", -1),
                number("upstream_us", 0));
    }

    private @Nullable CacheUse cache() {
        CacheUse use = CacheUse.stored(text("cache"), numberOrNull("cache_saved_nano_usd"));
        return use == null ? null : use.like(likeness());
    }

    private @Nullable Likeness likeness() {
        String of = text("cache_call");
        return of == null
                ? null
                : new Likeness(
                        UUID.fromString(of),
                        number("cache_likeness_ppm", 0),
                        numberOrNull("cache_answer_likeness_ppm"));
    }

    private @Nullable Long numberOrNull(String name) {
        JsonNode value = tree.path(name);
        return value.isIntegralNumber() ? value.longValue() : null;
    }

    private List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        for (JsonNode attempt : tree.path("attempts").values()) {
            attempts.add(new CallRecordTree(attempt).attempt());
        }
        return attempts;
    }

    private Attempt attempt() {
        return new Attempt(
                tree.path("number").intValue(0),
                text("upstream", NOT_SAID),
                tree.path("reused").booleanValue(false),
                number("started_us", -1),
                number("connected_us", -1),
                number("sent_us", -1),
                number("first_byte_us", -1),
                number("ended_us", -1),
                tree.path("status").intValue(0),
                text("failure"),
                text("request_id"));
    }

    private @Nullable Content content() {
        CallRecordTree content = new CallRecordTree(tree.path("content"));
        return content.tree.isObject()
                ? new Content(
                        content.text("request", NOT_SAID),
                        content.text("response", NOT_SAID),
                        content.tree.path("truncated").booleanValue(false),
                        content.text("pace", ""))
                : null;
    }

    private String required(String name) {
        String value = text(name);
        if (value == null) {
            throw new IllegalArgumentException("the record has no " + name);
        }
        return value;
    }

    private @Nullable String text(String name) {
        JsonNode value = tree.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    private String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : tree.path(name).values()) {
            if (value.isString()) {
                texts.add(value.stringValue());
            }
        }
        return texts;
    }

    private long number(String name, long otherwise) {
        return tree.path(name).longValue(otherwise);
    }
}
