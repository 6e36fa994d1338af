package io.weir.cache;

import io.weir.call.Call;
import io.weir.call.Reply;
import io.weir.wire.AnswerFacts;
import io.weir.wire.Headers;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call's asking for an answer, and what comes of it, which is told once: kept, failed, or never
 * to be kept. Belongs to the call's thread.
 */
public final class Filling {
    private final AnswerCache cache;
    private final CacheKey key;
    private final @Nullable Flight flight;
    private final long clearedBefore;
    private boolean told;
    private Consumer<CachedAnswer> whenKept = answer -> {};

    /**
     * Of a call that leads a flight, or of one that none waits for.
     *
     * @param clearedBefore how often something had been forgotten when it began: what was asked for
     *     before such a time is not kept after
     */
    Filling(AnswerCache cache, CacheKey key, @Nullable Flight flight, long clearedBefore) {
        this.cache = cache;
        this.key = key;
        this.flight = flight;
        this.clearedBefore = clearedBefore;
    }

    /** Has that told of the answer that is kept, before anybody else gets it. */
    public Filling telling(Consumer<CachedAnswer> kept) {
        whenKept = kept;
        return this;
    }

    /**
     * The reply as it goes on; it is kept where it turns out to be a whole, good answer to this
     * very request.
     *
     * @param costNanoUsd what it cost, asked when it is whole; null where that is not known
     */
    public Reply keeping(Reply reply, Call call, Supplier<@Nullable Long> costNanoUsd) {
        return switch (reply) {
            case Reply.Refused refused -> {
                failed();
                yield refused;
            }
            case Reply.Whole whole -> {
                if (isCandidate(call, whole.status(), whole.headers(), whole.body().length)) {
                    Came came = new Came(whole.headers(), false, whole.body().length);
                    whole(call, came, whole.body(), costNanoUsd);
                }
                yield whole;
            }
            case Reply.Streamed streamed ->
                    isCandidate(call, streamed.status(), streamed.headers(), streamed.length())
                            ? kept(call, streamed, costNanoUsd)
                            : streamed;
        };
    }

    /** Nothing came of it, where more may come of another's asking. What was told before stands. */
    public void failed() {
        if (tells() && flight != null) {
            flight.failed();
            cache.leave(key, clearedBefore);
        }
    }

    /** The answer is there already. */
    void found(CachedAnswer answer) {
        ends(new Flight.Turn.Served(answer));
    }

    /** Whoever asks, the answer will not be kept. */
    void neverKept() {
        ends(new Flight.Turn.Alone());
    }

    private record Came(Headers headers, boolean streamed, long length) {}

    private Reply kept(Call call, Reply.Streamed streamed, Supplier<@Nullable Long> costNanoUsd) {
        Came came = new Came(streamed.headers(), true, streamed.length());
        return new Reply.Streamed(
                streamed.status(),
                streamed.headers(),
                streamed.length(),
                new KeepingSource(
                        streamed.source(),
                        cache.config().maxEntryBytes(),
                        this,
                        body -> whole(call, came, body, costNanoUsd)));
    }

    /** Whether its head lets it be kept; tells where not. */
    @SuppressWarnings("ReferenceEquality") // the body that was read, or another in its place
    private boolean isCandidate(Call call, int status, Headers headers, long length) {
        if (status != 200) {
            if (isForAll(status)) {
                neverKept();
            } else {
                failed();
            }
            return false;
        }
        boolean otherRequest = call.trace().asRead(call).body() != call.body();
        if (otherRequest || length > cache.config().maxEntryBytes() || isNotToBeStored(headers)) {
            neverKept();
            return false;
        }
        return true;
    }

    /**
     * Whether the next who asks is told the same, having asked wrongly too; who asks with another
     * of the provider's keys, or later, may not be.
     */
    private static boolean isForAll(int status) {
        return status < 500
                && switch (status) {
                    case 401, 403, 408, 409, 429 -> false;
                    default -> true;
                };
    }

    private static boolean isNotToBeStored(Headers headers) {
        return headers.has("cache-control") && CacheControl.of(headers).noStore();
    }

    private void whole(Call call, Came came, byte[] body, Supplier<@Nullable Long> costNanoUsd) {
        AnswerFacts facts = call.trace().facts();
        if (facts.error() != null) {
            failed();
            return;
        }
        // What says neither its model nor its usage is no answer of this API, a proxy's page
        // perhaps.
        if (facts.responseModel() == null && facts.usage() == null) {
            neverKept();
            return;
        }
        CachedAnswer answer =
                new CachedAnswer(
                        call.trace().caller() == null ? "" : call.trace().caller().project(),
                        came.headers(),
                        body,
                        came.streamed(),
                        came.length(),
                        call.trace().chunks(),
                        facts,
                        costNanoUsd.get(),
                        cache.now());
        cache.keep(key, answer, clearedBefore);
        whenKept.accept(answer);
        ends(new Flight.Turn.Served(answer));
    }

    private void ends(Flight.Turn with) {
        if (tells() && flight != null) {
            flight.ends(with);
            cache.leave(key, clearedBefore);
        }
    }

    private boolean tells() {
        boolean first = !told;
        told = true;
        return first;
    }
}
