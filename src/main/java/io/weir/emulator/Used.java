package io.weir.emulator;

import io.weir.wire.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What an organization is billed for of one kind within a minute.
 *
 * @param epochMinute minutes since 1970
 * @param api {@code completions} or {@code embeddings}, as the API of usages calls it
 * @param tier the service tier that answered
 * @param priceId the price book's entry; null where the book has none
 */
record Used(
        long epochMinute,
        String api,
        String project,
        String apiKey,
        String model,
        String tier,
        @Nullable String priceId,
        long requests,
        Usage usage) {
    /** The same with more of it. */
    Used plus(long moreRequests, Usage moreUsage) {
        return new Used(
                epochMinute,
                api,
                project,
                apiKey,
                model,
                tier,
                priceId,
                requests + moreRequests,
                usage.plus(moreUsage));
    }

    /** The same at another time. */
    Used later(long minutes) {
        return new Used(
                epochMinute + minutes, api, project, apiKey, model, tier, priceId, requests, usage);
    }

    /** When that minute began, in seconds since 1970. */
    long epochSecond() {
        return epochMinute * 60;
    }
}
