package io.weir.call;

import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecord.Request;
import io.weir.wire.Json;
import io.weir.wire.Usage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A call's record as one flat JSON object: what the journal holds and the admin API answers. Its
 * names are those of the SQL columns. What is absent in the record is left out.
 */
public final class CallRecordJson {
    private static final int USUAL_BYTES = 2_048;

    private CallRecordJson() {}

    /** The record as UTF-8. */
    public static byte[] write(CallRecord call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator out = Json.FACTORY.createGenerator(Json.WRITE, bytes)) {
            write(call, out);
        }
        return bytes.toByteArray();
    }

    /** Writes the record as one object, for an answer that holds many. */
    public static void write(CallRecord call, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", call.id().toString());
        out.writeStringProperty("received_at", Timestamp.format(call.receivedAt()));
        request(call.request(), out);
        caller(call.caller(), out);
        answer(call.answer(), out);
        usage(call.usage(), out);
        out.writeStringProperty("usage_confidence", call.usageConfidence().word());
        cost(call.cost(), out);
        moments(call.moments(), out);
        attempts(call.attempts(), out);
        cache(call.cache(), out);
        content(call.content(), out);
        out.writeEndObject();
    }

    /**
     * The record in {@code json}. Members it does not know are passed over and missing ones are
     * absent, so that a journal can be read by a Weir older or newer than its writer.
     *
     * @throws tools.jackson.core.JacksonException where this is not JSON
     * @throws IllegalArgumentException where the object has no id or no time
     */
    public static CallRecord read(byte[] json) {
        return read(json, 0, json.length);
    }

    /** The record in a part of {@code json}; see {@link #read(byte[])}. */
    public static CallRecord read(byte[] json, int offset, int length) {
        return new CallRecordTree(Json.MAPPER.readTree(json, offset, length)).call();
    }

    private static void request(Request request, JsonGenerator out) {
        out.writeStringProperty("endpoint", request.endpoint());
        out.writeStringProperty("operation", request.operation());
        out.writeStringProperty("method", request.method());
        out.writeStringProperty("path", request.path());
        text("request_model", request.model(), out);
        out.writeBooleanProperty("stream", request.stream());
        out.writeNumberProperty("choices", request.choices());
        moment("max_tokens", request.maxTokens(), out);
        text("end_user", request.endUser(), out);
        text("request_service_tier", request.serviceTier(), out);
        out.writeNumberProperty("request_bytes", request.bytes());
        out.writeNumberProperty("client_retry", request.clientRetry());
        text("user_agent", request.userAgent(), out);
        trace(request.trace(), out);
        fingerprint(request.fingerprint(), out);
    }

    private static void fingerprint(@Nullable Fingerprint fingerprint, JsonGenerator out) {
        if (fingerprint == null) {
            return;
        }
        out.writeStringProperty("request_fingerprint", Fingerprint.text(fingerprint.request()));
        if (!fingerprint.beginnings().isEmpty()) {
            texts(
                    "prompt_beginnings",
                    fingerprint.beginnings().stream().map(Fingerprint::text).toList(),
                    out);
        }
    }

    private static void trace(@Nullable TraceContext trace, JsonGenerator out) {
        if (trace == null) {
            return;
        }
        out.writeStringProperty("trace_id", trace.traceId());
        text("parent_span_id", trace.parentSpanId(), out);
        out.writeStringProperty("span_id", trace.spanId());
        out.writeNumberProperty("trace_flags", trace.flags());
    }

    private static void caller(@Nullable Principal caller, JsonGenerator out) {
        if (caller == null) {
            return;
        }
        out.writeStringProperty("key_id", caller.keyId());
        out.writeStringProperty("key_name", caller.keyName());
        out.writeStringProperty("project", caller.project());
        texts("tags", caller.tags(), out);
    }

    private static void answer(Answer answer, JsonGenerator out) {
        out.writeStringProperty("outcome", answer.outcome());
        out.writeNumberProperty("status", answer.status());
        text("error_type", answer.errorType(), out);
        text("error_code", answer.errorCode(), out);
        text("error_message", answer.errorMessage(), out);
        text("upstream", answer.upstream(), out);
        text("provider", answer.provider(), out);
        text("response_id", answer.responseId(), out);
        text("response_model", answer.responseModel(), out);
        text("service_tier", answer.serviceTier(), out);
        texts("finish_reasons", answer.finishReasons(), out);
        out.writeNumberProperty("response_bytes", answer.bytes());
        out.writeNumberProperty("chunks", answer.chunks());
    }

    private static void usage(Usage usage, JsonGenerator out) {
        out.writeNumberProperty("input_tokens", usage.input());
        out.writeNumberProperty("cache_read_tokens", usage.cacheRead());
        out.writeNumberProperty("cache_write_tokens", usage.cacheWrite());
        out.writeNumberProperty("input_audio_tokens", usage.inputAudio());
        out.writeNumberProperty("input_image_tokens", usage.inputImage());
        out.writeNumberProperty("output_tokens", usage.output());
        out.writeNumberProperty("reasoning_tokens", usage.reasoning());
        out.writeNumberProperty("output_audio_tokens", usage.outputAudio());
        out.writeNumberProperty("output_image_tokens", usage.outputImage());
    }

    private static void cost(Cost cost, JsonGenerator out) {
        switch (cost) {
            case Cost.Priced priced -> {
                out.writeStringProperty("cost_state", "priced");
                out.writeNumberProperty("cost_nano_usd", priced.nanoUsd());
                out.writeStringProperty("price_id", priced.priceId());
            }
            case Cost.Unpriced unpriced -> {
                out.writeStringProperty("cost_state", "unpriced");
                out.writeStringProperty("unpriced_reason", unpriced.reason());
            }
            case Cost.Free free -> {
                out.writeStringProperty("cost_state", "free");
                out.writeNumberProperty("cost_nano_usd", 0L);
            }
        }
    }

    private static void moments(Moments moments, JsonGenerator out) {
        moment("admitted_us", moments.admitted(), out);
        moment("connected_us", moments.connected(), out);
        moment("request_sent_us", moments.requestSent(), out);
        moment("first_byte_us", moments.firstByte(), out);
        moment("first_token_us", moments.firstToken(), out);
        moment("last_byte_us", moments.lastByte(), out);
        moment("closed_us", moments.closed(), out);
        moment("longest_gap_us", moments.longestGap(), out);
        out.writeNumberProperty("upstream_us", moments.upstream());
    }

    private static void attempts(List<Attempt> attempts, JsonGenerator out) {
        out.writeName("attempts");
        out.writeStartArray();
        for (Attempt attempt : attempts) {
            attempt(attempt, out);
        }
        out.writeEndArray();
    }

    private static void attempt(Attempt attempt, JsonGenerator out) {
        out.writeStartObject();
        out.writeNumberProperty("number", attempt.number());
        out.writeStringProperty("upstream", attempt.upstream());
        out.writeBooleanProperty("reused", attempt.reused());
        moment("started_us", attempt.startedMicros(), out);
        moment("connected_us", attempt.connectedMicros(), out);
        moment("sent_us", attempt.sentMicros(), out);
        moment("first_byte_us", attempt.firstByteMicros(), out);
        moment("ended_us", attempt.endedMicros(), out);
        out.writeNumberProperty("status", attempt.status());
        text("failure", attempt.failure(), out);
        text("request_id", attempt.requestId(), out);
        out.writeEndObject();
    }

    private static void likeness(@Nullable Likeness likeness, JsonGenerator out) {
        if (likeness == null) {
            return;
        }
        out.writeStringProperty("cache_call", likeness.of().toString());
        out.writeNumberProperty("cache_likeness_ppm", likeness.questionPpm());
        if (likeness.answerPpm() != null) {
            out.writeNumberProperty("cache_answer_likeness_ppm", likeness.answerPpm());
        }
    }

    private static void cache(@Nullable CacheUse cache, JsonGenerator out) {
        if (cache == null) {
            return;
        }
        out.writeStringProperty("cache", cache.state().word());
        if (cache.savedNanoUsd() != null) {
            out.writeNumberProperty("cache_saved_nano_usd", cache.savedNanoUsd());
        }
        likeness(cache.likeness(), out);
    }

    private static void content(@Nullable Content content, JsonGenerator out) {
        if (content == null) {
            return;
        }
        out.writeName("content");
        out.writeStartObject();
        out.writeStringProperty("request", content.request());
        out.writeStringProperty("response", content.response());
        out.writeBooleanProperty("truncated", content.truncated());
        text("pace", content.pace().isEmpty() ? null : content.pace(), out);
        out.writeEndObject();
    }

    private static void text(String name, @Nullable String value, JsonGenerator out) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }

    private static void texts(String name, List<String> values, JsonGenerator out) {
        out.writeName(name);
        out.writeStartArray();
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    /** A number whose absence is -1. */
    private static void moment(String name, long value, JsonGenerator out) {
        if (value >= 0) {
            out.writeNumberProperty(name, value);
        }
    }
}
