package io.weir.emulator;

import io.weir.call.Cost;
import io.weir.prices.PriceBook;
import io.weir.wire.Headers;
import io.weir.wire.Usage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the emulator has answered since its start, as a provider's books have it: by minute, model,
 * project, key and tier. Old minutes go when there is too much. Any thread may use it, under its
 * own lock.
 */
final class UsageLog {
    private static final int MOST = 50_000;
    private static final String PROJECT = "proj_emulated";

    private final PriceBook prices;
    private final InstantSource clock;
    private final Map<Kind, Used> byKind = new LinkedHashMap<>();

    /** What is added up. */
    private record Kind(
            long epochMinute,
            String api,
            String project,
            String apiKey,
            String model,
            String tier,
            @Nullable String priceId) {}

    UsageLog(PriceBook prices, InstantSource clock) {
        this.prices = prices;
        this.clock = clock;
    }

    /** The prices it is billed at. */
    PriceBook prices() {
        return prices;
    }

    /** Notes an answer. */
    void add(String api, Headers headers, String model, String tier, Usage usage) {
        Instant now = clock.instant();
        Cost cost = prices.price(model, tier, false, usage, now);
        Kind kind =
                new Kind(
                        Math.floorDiv(now.getEpochSecond(), 60),
                        api,
                        headers.first("OpenAI-Project").orElse(PROJECT),
                        key(headers),
                        model,
                        tier,
                        cost instanceof Cost.Priced priced ? priced.priceId() : null);
        add(kind, usage);
    }

    /** All of it, the oldest first. */
    synchronized List<Used> all() {
        return new ArrayList<>(byKind.values());
    }

    private synchronized void add(Kind kind, Usage usage) {
        Used so = byKind.get(kind);
        if (so == null && byKind.size() >= MOST) {
            byKind.remove(byKind.keySet().iterator().next());
        }
        byKind.put(kind, so == null ? first(kind, usage) : so.plus(1, usage));
    }

    private static Used first(Kind kind, Usage usage) {
        return new Used(
                kind.epochMinute,
                kind.api,
                kind.project,
                kind.apiKey,
                kind.model,
                kind.tier,
                kind.priceId,
                1,
                usage);
    }

    /** An id by which a key can be told from others, and not be found. */
    private static String key(Headers headers) {
        return "key_%08x".formatted(headers.first("Authorization").orElse("").hashCode());
    }
}
