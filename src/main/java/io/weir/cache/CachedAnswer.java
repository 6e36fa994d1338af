package io.weir.cache;

import io.weir.call.CallTrace;
import io.weir.call.Reply;
import io.weir.wire.AnswerFacts;
import io.weir.wire.Headers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer of status 200, as its first asker got it.
 *
 * @param project whose it is
 * @param headers without those that were about the first asker alone
 * @param body not to be changed
 * @param streamed whether it came piece by piece
 * @param length of the body as it was told; -1 where it was sent in chunks
 * @param events of a stream; 0 where it was none
 * @param facts what was read of it
 * @param savesNanoUsd what it cost, and so what each further time saves; null where that is not
 *     known
 * @param keptNanos when it was kept, by the cache's ticker
 */
public record CachedAnswer(
        String project,
        Headers headers,
        byte[] body,
        boolean streamed,
        long length,
        long events,
        AnswerFacts facts,
        @Nullable Long savesNanoUsd,
        long keptNanos) {
    /**
     * A hash, an entry's nodes, the records around it: an estimate, rather too much than too
     * little.
     */
    private static final int OVERHEAD_BYTES = 600;

    private static final int FIELD_BYTES = 48;

    private static final List<String> OF_ITS_ASKER =
            List.of("set-cookie", "date", "age", "retry-after");

    public CachedAnswer {
        headers = headers.without(CachedAnswer::isOfItsAsker);
    }

    /**
     * The reply to a call that asks again.
     *
     * @param marks fields behind the answer's own
     * @param trace is told what of it is relayed
     */
    public Reply reply(Headers marks, CallTrace trace) {
        trace.relayed(streamed ? 0 : body.length, 0);
        return streamed
                ? new Reply.Streamed(
                        200, headers.and(marks), length, new ReplaySource(body, events, trace))
                : new Reply.Whole(200, headers.and(marks), body);
    }

    /** About how many bytes of memory it takes. */
    int weight() {
        long bytes = OVERHEAD_BYTES + (long) body.length;
        for (int i = 0; i < headers.size(); i++) {
            bytes += FIELD_BYTES + headers.name(i).length() + headers.value(i).length();
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** What is left of limits, cookies and times would be wrong for anybody else. */
    private static boolean isOfItsAsker(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_ITS_ASKER.contains(lower)
                || lower.startsWith("x-ratelimit-")
                || lower.startsWith("x-weir-");
    }
}
