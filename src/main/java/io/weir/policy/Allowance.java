package io.weir.policy;

import io.weir.call.Reply;
import io.weir.limit.Quota;
import io.weir.wire.Headers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is left to a caller, in OpenAI's fields. Where Weir limits, its figures stand in the place
 * of the provider's, which are about an account that the caller shares with others.
 *
 * @see <a href="https://platform.openai.com/docs/guides/rate-limits">OpenAI's rate limits</a>
 */
final class Allowance {
    private Allowance() {}

    /** The reply with what is left. */
    static Reply told(Reply reply, Quota quota) {
        return with(reply, left("requests", quota.requests()).and(left("tokens", quota.tokens())));
    }

    /** The reply with these fields, in the place of those of their names; a refusal as it is. */
    static Reply with(Reply reply, Headers fields) {
        if (fields.size() == 0) {
            return reply;
        }
        return switch (reply) {
            case Reply.Whole whole ->
                    new Reply.Whole(
                            whole.status(), replaced(whole.headers(), fields), whole.body());
            case Reply.Streamed streamed ->
                    new Reply.Streamed(
                            streamed.status(),
                            replaced(streamed.headers(), fields),
                            streamed.length(),
                            streamed.source());
            case Reply.Refused refused -> refused;
        };
    }

    /** A length of time as OpenAI writes it: {@code 120ms}, {@code 1.5s}, {@code 6m0s}. */
    static String words(Duration time) {
        long millis = Math.ceilDiv(time.toNanos(), 1_000_000L);
        if (millis < 1_000) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds < 60) {
            long rest = millis % 1_000;
            return rest == 0 ? seconds + "s" : "%d.%03ds".formatted(seconds, rest);
        }
        long whole = Math.ceilDiv(millis, 1_000L);
        String hours = whole >= 3_600 ? whole / 3_600 + "h" : "";
        return hours + whole % 3_600 / 60 + "m" + whole % 60 + "s";
    }

    private static Headers left(String what, Quota.@Nullable Left left) {
        return left == null
                ? Headers.NONE
                : Headers.of(
                        "x-ratelimit-limit-" + what,
                        Long.toString(left.limit()),
                        "x-ratelimit-remaining-" + what,
                        Long.toString(left.remaining()),
                        "x-ratelimit-reset-" + what,
                        words(Duration.ofNanos(left.resetNanos())));
    }

    private static Headers replaced(Headers before, Headers fields) {
        return before.without(fields::has).and(fields);
    }
}
