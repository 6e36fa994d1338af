package io.weir.call;

import io.weir.wire.Usage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call when it has ended. Exactly one is written for each call, whatever
 * happened to it; it is what the journal holds, the store keeps and the reports read. Field names
 * in JSON and SQL follow OpenTelemetry's GenAI words.
 *
 * @param id UUIDv7, the same as the client's {@code x-weir-call-id}
 * @param receivedAt when the request's head was complete, to the microsecond
 * @param request what was asked
 * @param caller who asked; null where nobody could be identified
 * @param answer what came of it
 * @param usage tokens used
 * @param usageConfidence where the tokens come from
 * @param cost the price of them
 * @param moments where the time went
 * @param attempts every try at an upstream, in order
 * @param cache what the cache of answers did; null where it was not asked
 * @param content captured text; null unless the capture policy is {@code full}
 */
public record CallRecord(
        UUID id,
        Instant receivedAt,
        Request request,
        @Nullable Principal caller,
        Answer answer,
        Usage usage,
        Confidence usageConfidence,
        Cost cost,
        Moments moments,
        List<Attempt> attempts,
        @Nullable CacheUse cache,
        @Nullable Content content) {
    public CallRecord {
        attempts = List.copyOf(attempts);
    }

    /** The same with another cost. */
    public CallRecord withCost(Cost other) {
        return new CallRecord(
                id,
                receivedAt,
                request,
                caller,
                answer,
                usage,
                usageConfidence,
                other,
                moments,
                attempts,
                cache,
                content);
    }

    /** Of a call that did not come to the cache. */
    public CallRecord(
            UUID id,
            Instant receivedAt,
            Request request,
            @Nullable Principal caller,
            Answer answer,
            Usage usage,
            Confidence usageConfidence,
            Cost cost,
            Moments moments,
            List<Attempt> attempts,
            @Nullable Content content) {
        this(
                id,
                receivedAt,
                request,
                caller,
                answer,
                usage,
                usageConfidence,
                cost,
                moments,
                attempts,
                null,
                content);
    }

    /** Whether its answer was an earlier call's: nobody was asked, and nothing was used. */
    public boolean isFromCache() {
        return cache != null && cache.isHit();
    }

    /** The same record with other attempts and content, which are stored apart. */
    public CallRecord with(List<Attempt> itsAttempts, @Nullable Content itsContent) {
        return new CallRecord(
                id,
                receivedAt,
                request,
                caller,
                answer,
                usage,
                usageConfidence,
                cost,
                moments,
                itsAttempts,
                cache,
                itsContent);
    }

    /**
     * What was asked, without its content.
     *
     * @param endpoint {@link io.weir.wire.Endpoint#name()}
     * @param operation {@code gen_ai.operation.name}
     * @param path without its query, which may hold secrets
     * @param model {@code gen_ai.request.model}
     * @param choices {@code n}, 1 where it was not given
     * @param maxTokens the request's bound on output tokens, -1 where it has none
     * @param endUser the request's {@code safety_identifier} or {@code user}
     * @param serviceTier the tier that was asked for
     * @param bytes the body's length; what had been read of it where the client broke off
     * @param clientRetry {@code x-stainless-retry-count}: 0 for a client's first try
     * @param userAgent the client's own name for itself, cut to 200 characters
     * @param trace its place in a distributed trace; null in a record that is older than such
     *     places
     * @param fingerprint by what an equal request is known; null where none was taken: the call
     *     asked nobody, its body is no JSON, or the capture policy is {@code none}
     */
    public record Request(
            String endpoint,
            String operation,
            String method,
            String path,
            @Nullable String model,
            boolean stream,
            int choices,
            long maxTokens,
            @Nullable String endUser,
            @Nullable String serviceTier,
            long bytes,
            int clientRetry,
            @Nullable String userAgent,
            @Nullable TraceContext trace,
            @Nullable Fingerprint fingerprint) {
        /** Without a place in a trace, and without a fingerprint. */
        public Request(
                String endpoint,
                String operation,
                String method,
                String path,
                @Nullable String model,
                boolean stream,
                int choices,
                long maxTokens,
                @Nullable String endUser,
                @Nullable String serviceTier,
                long bytes,
                int clientRetry,
                @Nullable String userAgent) {
            this(
                    endpoint,
                    operation,
                    method,
                    path,
                    model,
                    stream,
                    choices,
                    maxTokens,
                    endUser,
                    serviceTier,
                    bytes,
                    clientRetry,
                    userAgent,
                    null,
                    null);
        }
    }

    /**
     * What came of it.
     *
     * @param outcome {@link Outcome#word()}
     * @param status the HTTP status the client was sent; 0 where it was gone before
     * @param errorType the class of failure, {@code error.type}; null where the call succeeded
     * @param errorCode OpenAI's {@code error.code}, or Weir's
     * @param errorMessage the error's sentence, cut to 1,000 characters
     * @param upstream the name of the upstream that answered, or was tried last
     * @param provider {@code gen_ai.provider.name}
     * @param responseId {@code gen_ai.response.id}
     * @param responseModel {@code gen_ai.response.model}
     * @param serviceTier the tier that answered
     * @param finishReasons {@code gen_ai.response.finish_reasons}, one a choice
     * @param bytes of the body that were relayed
     * @param chunks events of a stream; 0 where the answer was not streamed
     */
    public record Answer(
            String outcome,
            int status,
            @Nullable String errorType,
            @Nullable String errorCode,
            @Nullable String errorMessage,
            @Nullable String upstream,
            @Nullable String provider,
            @Nullable String responseId,
            @Nullable String responseModel,
            @Nullable String serviceTier,
            List<String> finishReasons,
            long bytes,
            long chunks) {
        public Answer {
            finishReasons = List.copyOf(finishReasons);
        }

        /** Whether it did not end well: with an error status, or not to its end. */
        public boolean failed() {
            return errorType != null
                    || status >= 400
                    || !outcome.equals(new Outcome.Completed().word());
        }
    }

    /**
     * Captured text of a call.
     *
     * @param request the request's body, cut to the capture bound
     * @param response the answer's body as relayed, cut likewise
     * @param truncated whether either was cut
     * @param pace when the pieces of {@code response} were relayed, {@link PaceLog#text()}; empty
     *     where it did not come in events
     */
    public record Content(String request, String response, boolean truncated, String pace) {
        /** Of an answer that did not come in events. */
        public Content(String request, String response, boolean truncated) {
            this(request, response, truncated, "");
        }
    }
}
