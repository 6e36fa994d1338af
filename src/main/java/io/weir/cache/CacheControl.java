package io.weir.cache;

import io.weir.wire.Headers;
import java.util.Locale;

/**
 * What a request's {@code cache-control} asks of the cache (RFC 9111, section 5.2.1).
 *
 * @param noStore the answer is neither looked for nor kept
 * @param noCache the answer is not looked for, but kept
 * @param onlyIfCached nobody else is to be asked
 * @param maxAgeSeconds how old an answer may be
 */
public record CacheControl(
        boolean noStore, boolean noCache, boolean onlyIfCached, long maxAgeSeconds) {
    /** Of a request that asks for nothing. */
    public static final CacheControl NONE = new CacheControl(false, false, false, Long.MAX_VALUE);

    private static final String MAX_AGE = "max-age=";

    /** What those fields ask for; what is not known is passed over, as the RFC wants it. */
    public static CacheControl of(Headers headers) {
        CacheControl asked = NONE;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equalsIgnoreCase("cache-control")) {
                for (String word : headers.value(i).split(",", -1)) {
                    asked = asked.and(word.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return asked;
    }

    private CacheControl and(String word) {
        return switch (word) {
            case "no-store" -> new CacheControl(true, noCache, onlyIfCached, maxAgeSeconds);
            case "no-cache" -> new CacheControl(noStore, true, onlyIfCached, maxAgeSeconds);
            case "only-if-cached" -> new CacheControl(noStore, noCache, true, maxAgeSeconds);
            default ->
                    word.startsWith(MAX_AGE)
                            ? new CacheControl(
                                    noStore,
                                    noCache,
                                    onlyIfCached,
                                    Math.min(maxAgeSeconds, seconds(word)))
                            : this;
        };
    }

    /** Seconds that are no number count as none: a stale answer is worse than one more call. */
    private static long seconds(String word) {
        String digits = word.substring(MAX_AGE.length()).replace("\"", "");
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }
}
