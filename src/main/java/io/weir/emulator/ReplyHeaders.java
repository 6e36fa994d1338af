package io.weir.emulator;

import io.weir.wire.Headers;
import java.time.Duration;
import java.time.InstantSource;

/** The headers of the API's replies, and one that says they are emulated. */
final class ReplyHeaders {
    private static final String EMULATED = "x-weir-emulated";
    private static final long REQUESTS_A_MINUTE = 30_000;
    private static final long TOKENS_A_MINUTE = 150_000_000;

    private final Ids ids;
    private final RateGauge requests;
    private final RateGauge tokens;

    ReplyHeaders(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.requests = new RateGauge(REQUESTS_A_MINUTE, clock);
        this.tokens = new RateGauge(TOKENS_A_MINUTE, clock);
    }

    /**
     * Headers of a reply from the API.
     *
     * @param spent tokens, in and out
     */
    Headers api(String contentType, Duration processing, long spent) {
        RateGauge.Reading ofRequests = requests.take(1);
        RateGauge.Reading ofTokens = tokens.take(spent);
        return Headers.of(
                "Content-Type",
                contentType,
                "openai-organization",
                "org-emulated",
                "openai-processing-ms",
                Long.toString(processing.toMillis()),
                "openai-version",
                "2020-10-01",
                "x-ratelimit-limit-requests",
                Long.toString(requests.limit()),
                "x-ratelimit-limit-tokens",
                Long.toString(tokens.limit()),
                "x-ratelimit-remaining-requests",
                Long.toString(ofRequests.remaining()),
                "x-ratelimit-remaining-tokens",
                Long.toString(ofTokens.remaining()),
                "x-ratelimit-reset-requests",
                ofRequests.reset(),
                "x-ratelimit-reset-tokens",
                ofTokens.reset(),
                "x-request-id",
                ids.next("req_", 32),
                EMULATED,
                "true");
    }

    /** Headers of a failure. */
    Headers failure(Behaviour.Fails failure) {
        if (failure.fromProxy()) {
            return failure.headers().and(EMULATED, "true");
        }
        return failure.headers()
                .and(api("", Duration.ZERO, 0).without(name -> name.equals("Content-Type")));
    }
}
