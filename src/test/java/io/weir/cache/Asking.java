package io.weir.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.call.Call;
import io.weir.call.Calls;
import io.weir.call.Outcome;
import io.weir.call.Principal;
import io.weir.call.Reply;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;
import io.weir.wire.AnswerFacts;
import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import io.weir.wire.RequestView;
import io.weir.wire.Usage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A call to the cache, and what an upstream may say to it. */
final class Asking {
    static final long COST = 42_000;

    /** A whole answer of a model. */
    static final AnswerFacts GOOD =
            new AnswerFacts("r", "gpt-4o", null, List.of("stop"), Usage.ofText(1, 1), null);

    final Call call;
    final CacheKey key;
    private final AnswerCache cache;

    Asking(AnswerCache cache, String question) {
        this(cache, question, "shop");
    }

    Asking(AnswerCache cache, String question, String project, String... headers) {
        this.cache = cache;
        call = Calls.chat("{\"model\":\"gpt-4o\",\"q\":\"" + question + "\"}", headers);
        Principal caller = new Principal("key_" + project, "app", project, List.of());
        call.trace().caller(caller);
        key = cache.key(call, call.view().orElseThrow(), caller);
    }

    /** Goes in for its answer, as long as it takes. */
    AnswerCache.Step enter() {
        return cache.enter(key, CacheControl.NONE, call.abort(), Long.MAX_VALUE);
    }

    /** Asks, as one who leads. */
    Filling filling() {
        if (enter() instanceof AnswerCache.Step.Asks(Filling filling)) {
            return filling;
        }
        throw new AssertionError("it need not ask");
    }

    /** Has a whole answer kept. */
    Reply answer(Filling filling, String body) {
        call.trace().facts(GOOD, List.of());
        return filling.keeping(whole(200, body), call, () -> COST);
    }

    /** Lets a stream pass that comes in those pieces, and then breaks off where one is null. */
    Source stream(Filling filling, @Nullable String... pieces) {
        call.trace().facts(GOOD, List.of());
        Reply reply =
                filling.keeping(
                        new Reply.Streamed(200, Headers.NONE, -1, new Pieces(pieces)),
                        call,
                        () -> COST);
        return ((Reply.Streamed) reply).source();
    }

    /** The answer that is kept; null where there is none. */
    @Nullable String kept() {
        CachedAnswer answer = cache.find(key, CacheControl.NONE);
        return answer == null ? null : new String(answer.body(), UTF_8);
    }

    RequestView view() {
        return call.view().orElseThrow();
    }

    static Reply.Whole whole(int status, String body) {
        return new Reply.Whole(status, Headers.NONE, body.getBytes(UTF_8));
    }

    static Reply refused() {
        return Reply.Refused.of(ApiError.of(429, "requests", "rate_limit_exceeded", "no"));
    }

    /** Reads a stream to its end. */
    static String read(Source source) throws UpstreamFailure {
        StringBuilder all = new StringBuilder();
        byte[] piece = new byte[7];
        for (int read = source.read(piece, 0, 7); read >= 0; read = source.read(piece, 0, 7)) {
            all.append(new String(piece, 0, read, UTF_8));
        }
        source.close(new Outcome.Completed());
        return all.toString();
    }

    private static final class Pieces implements Source {
        private final Queue<byte[]> left = new ArrayDeque<>();
        private boolean breaks;

        Pieces(@Nullable String... pieces) {
            for (String piece : pieces) {
                if (piece == null) {
                    breaks = true;
                } else {
                    left.add(piece.getBytes(UTF_8));
                }
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws UpstreamFailure {
            byte[] piece = left.poll();
            if (piece == null && breaks) {
                throw new UpstreamFailure.Broken("it broke", null);
            }
            if (piece == null) {
                return -1;
            }
            System.arraycopy(piece, 0, into, offset, piece.length);
            return piece.length;
        }

        @Override
        public boolean complete() {
            return left.isEmpty() && !breaks;
        }

        @Override
        public void close(Outcome why) {
            left.clear();
        }
    }
}
