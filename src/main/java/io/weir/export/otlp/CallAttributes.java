package io.weir.export.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.weir.call.Attempt;
import io.weir.call.CacheUse;
import io.weir.call.CallRecord;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Moments;
import io.weir.export.Event;
import io.weir.export.Fields;
import io.weir.wire.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call's fields are called as attributes: by OpenTelemetry's conventions for GenAI, OpenAI
 * and HTTP (semantic-conventions-genai as of November 2026, and 1.42) where they have a word, else
 * {@code weir.}.
 */
final class CallAttributes {
    private static final String ATTEMPTS = "attempts";
    private static final String CONTENT = "content";

    private CallAttributes() {}

    /** Of the call. */
    static List<KeyValue> of(Event event) {
        CallRecord call = event.call();
        Attributes to = new Attributes(event.fields());
        to.text("id", "weir.call.id", call.id().toString());
        request(to, call.request());
        caller(to, call);
        answer(to, call.answer());
        if (call.usageConfidence() != Confidence.NONE) {
            usage(to, call.usage());
        }
        to.text("usage_confidence", "weir.usage.confidence", call.usageConfidence().word());
        cost(to, call.cost());
        cache(to, call.cache());
        moments(to, call.moments());
        List<KeyValue> all = to.gathered();
        if (call.content() != null && event.fields().sends(CONTENT)) {
            all.addAll(content(call.content()));
        }
        return all;
    }

    /** Of one of its attempts. */
    static List<KeyValue> of(Event event, Attempt attempt) {
        CallRecord call = event.call();
        Attributes to = new Attributes(event.fields());
        to.text("operation", "gen_ai.operation.name", call.request().operation())
                .text("provider", "gen_ai.provider.name", call.answer().provider())
                .text("request_model", "gen_ai.request.model", call.request().model());
        List<KeyValue> all = new ArrayList<>(to.gathered());
        all.addAll(own(attempt));
        return all;
    }

    /** What is made of no field of the call's but of the attempts, which have one name together. */
    private static List<KeyValue> own(Attempt attempt) {
        return new Attributes(Fields.ALL)
                .text(ATTEMPTS, "weir.upstream", attempt.upstream())
                .positive(ATTEMPTS, "http.response.status_code", attempt.status())
                .positive(ATTEMPTS, "http.request.resend_count", attempt.number() - 1)
                .text(ATTEMPTS, "error.type", Failure.type(attempt))
                .text(ATTEMPTS, "weir.upstream.request_id", attempt.requestId())
                .flag(ATTEMPTS, "weir.attempt.connection_reused", attempt.reused())
                .seconds(
                        ATTEMPTS,
                        "weir.attempt.connected",
                        since(attempt, attempt.connectedMicros()))
                .seconds(ATTEMPTS, "weir.attempt.sent", since(attempt, attempt.sentMicros()))
                .seconds(
                        ATTEMPTS,
                        "weir.attempt.first_byte",
                        since(attempt, attempt.firstByteMicros()))
                .gathered();
    }

    private static long since(Attempt attempt, long micros) {
        return micros < 0 ? -1 : micros - attempt.startedMicros();
    }

    private static void request(Attributes to, CallRecord.Request request) {
        to.text("endpoint", "weir.endpoint", request.endpoint())
                .text("operation", "gen_ai.operation.name", request.operation())
                .text("method", "http.request.method", request.method())
                .text("path", "url.path", request.path())
                .text("request_model", "gen_ai.request.model", request.model())
                .flag("stream", "gen_ai.request.stream", request.stream())
                .positive("max_tokens", "gen_ai.request.max_tokens", request.maxTokens())
                .text("end_user", "enduser.id", request.endUser())
                .text("request_service_tier", "openai.request.service_tier", request.serviceTier())
                .number("request_bytes", "http.request.body.size", request.bytes())
                .positive("client_retry", "weir.client.retry", request.clientRetry())
                .text("user_agent", "user_agent.original", request.userAgent());
        if (request.choices() != 1) {
            to.number("choices", "gen_ai.request.choice.count", request.choices());
        }
    }

    private static void caller(Attributes to, CallRecord call) {
        if (call.caller() != null) {
            to.text("key_id", "weir.key.id", call.caller().keyId())
                    .text("key_name", "weir.key.name", call.caller().keyName())
                    .text("project", "weir.project", call.caller().project())
                    .texts("tags", "weir.tags", call.caller().tags());
        }
    }

    private static void answer(Attributes to, CallRecord.Answer answer) {
        to.text("outcome", "weir.outcome", answer.outcome())
                .positive("status", "http.response.status_code", answer.status())
                .text("error_type", "error.type", answer.errorType())
                .text("error_code", "weir.error.code", answer.errorCode())
                .text("upstream", "weir.upstream", answer.upstream())
                .text("provider", "gen_ai.provider.name", answer.provider())
                .text("response_id", "gen_ai.response.id", answer.responseId())
                .text("response_model", "gen_ai.response.model", answer.responseModel())
                .text("service_tier", "openai.response.service_tier", answer.serviceTier())
                .texts("finish_reasons", "gen_ai.response.finish_reasons", answer.finishReasons())
                .number("response_bytes", "http.response.body.size", answer.bytes())
                .positive("chunks", "weir.response.chunks", answer.chunks());
    }

    /** The convention's totals, and the parts that there are. */
    private static void usage(Attributes to, Usage usage) {
        to.number("input_tokens", "gen_ai.usage.input_tokens", usage.inputTotal())
                .number("output_tokens", "gen_ai.usage.output_tokens", usage.outputTotal())
                .positive(
                        "cache_read_tokens",
                        "gen_ai.usage.cache_read.input_tokens",
                        usage.cacheRead())
                .positive(
                        "cache_write_tokens",
                        "gen_ai.usage.cache_creation.input_tokens",
                        usage.cacheWrite())
                .positive(
                        "input_audio_tokens", "gen_ai.usage.audio.input_tokens", usage.inputAudio())
                .positive(
                        "input_image_tokens", "gen_ai.usage.image.input_tokens", usage.inputImage())
                .positive(
                        "reasoning_tokens",
                        "gen_ai.usage.reasoning.output_tokens",
                        usage.reasoning())
                .positive(
                        "output_audio_tokens",
                        "gen_ai.usage.audio.output_tokens",
                        usage.outputAudio())
                .positive(
                        "output_image_tokens",
                        "weir.usage.image.output_tokens",
                        usage.outputImage());
    }

    private static void cost(Attributes to, Cost cost) {
        to.text("cost_state", "weir.cost.state", cost.state());
        switch (cost) {
            case Cost.Priced priced ->
                    to.number("cost_nano_usd", "weir.cost.nano_usd", priced.nanoUsd())
                            .text("price_id", "weir.cost.price_id", priced.priceId());
            case Cost.Unpriced unpriced ->
                    to.text("unpriced_reason", "weir.cost.unpriced_reason", unpriced.reason());
            case Cost.Free free -> to.number("cost_nano_usd", "weir.cost.nano_usd", 0);
        }
    }

    private static void cache(Attributes to, @Nullable CacheUse cache) {
        if (cache != null) {
            to.text("cache", "weir.cache", cache.state().word());
            if (cache.savedNanoUsd() != null) {
                to.number(
                        "cache_saved_nano_usd", "weir.cache.saved_nano_usd", cache.savedNanoUsd());
            }
            if (cache.likeness() != null) {
                to.text("cache_call", "weir.cache.call", cache.likeness().of().toString())
                        .number(
                                "cache_likeness_ppm",
                                "weir.cache.likeness_ppm",
                                cache.likeness().questionPpm());
            }
        }
    }

    private static void moments(Attributes to, Moments moments) {
        to.seconds("first_token_us", "gen_ai.response.time_to_first_chunk", moments.firstToken())
                .seconds("admitted_us", "weir.time.admitted", moments.admitted())
                .seconds("longest_gap_us", "weir.time.longest_gap", moments.longestGap())
                .seconds("upstream_us", "weir.time.upstream", moments.upstream());
    }

    /** Two attributes of one field, which keep their names. */
    private static List<KeyValue> content(CallRecord.Content content) {
        return new Attributes(Fields.ALL)
                .text(CONTENT, "gen_ai.input.messages", Messages.asked(content.request()))
                .text(CONTENT, "gen_ai.output.messages", Messages.answered(content.response()))
                .gathered();
    }
}
