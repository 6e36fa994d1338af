package io.weir.policy;

import io.weir.cache.AnswerCache;
import io.weir.cache.CacheControl;
import io.weir.cache.CacheKey;
import io.weir.cache.CachedAnswer;
import io.weir.cache.Filling;
import io.weir.call.Body;
import io.weir.call.CacheUse;
import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Outcome;
import io.weir.call.Policy;
import io.weir.call.Principal;
import io.weir.call.Reply;
import io.weir.meter.Capture;
import io.weir.meter.UsageMeter;
import io.weir.wire.ApiError;
import io.weir.wire.ContentCoding;
import io.weir.wire.Headers;
import io.weir.wire.RequestView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a request the answer that an equal one got before. Stands before limits and budgets: what
 * is not asked for counts in none of them.
 */
public final class AnswerFromCache implements Policy {
    /** The field that tells what the cache did. */
    private static final String FIELD = "x-weir-cache";

    private final AnswerCache cache;
    private final UsageMeter usage;
    private final Capture capture;
    private final long patienceNanos;

    /**
     * From that cache.
     *
     * @param usage says what an answer cost
     * @param capture whether the record of a call has its answer's text
     * @param patience how long a call may take that waits for another's answer
     */
    public AnswerFromCache(
            AnswerCache cache, UsageMeter usage, Capture capture, Duration patience) {
        this.cache = cache;
        this.usage = usage;
        this.capture = capture;
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public Reply apply(Call call, Chain next) {
        @Nullable Principal caller = call.trace().caller();
        if (!cache.isOn() || caller == null || !call.endpoint().billed()) {
            return next.proceed(call);
        }
        CacheControl asked = CacheControl.of(call.headers());
        @Nullable RequestView view = cacheable(call);
        if (view == null || asked.noStore()) {
            return bypassed(call, asked, next);
        }
        CacheKey key = cache.key(call, view, caller);
        @Nullable CachedAnswer found = cache.find(key, asked);
        if (found != null) {
            return given(call, found);
        }
        return asked.onlyIfCached() ? notCached(call) : missed(call, key, asked, next);
    }

    /** What the request says, where it is of a kind whose answers are kept; null where not. */
    private static @Nullable RequestView cacheable(Call call) {
        boolean kind =
                switch (call.endpoint().dialect()) {
                    case CHAT, COMPLETIONS, RESPONSES, EMBEDDINGS -> true;
                    case GENERIC, OPAQUE -> false;
                };
        return kind && call.body() instanceof Body.Bytes
                ? call.view().filter(RequestView::standsAlone).orElse(null)
                : null;
    }

    private Reply bypassed(Call call, CacheControl asked, Chain next) {
        cache.bypassed();
        call.trace().cache(CacheUse.BYPASS);
        return asked.onlyIfCached() ? absent() : marked(next.proceed(call), CacheUse.BYPASS);
    }

    private Reply notCached(Call call) {
        cache.missed();
        call.trace().cache(CacheUse.MISS);
        return absent();
    }

    private Reply missed(Call call, CacheKey key, CacheControl asked, Chain next) {
        long began = call.trace().now();
        long left = patienceNanos - (began - call.trace().receivedNanos());
        AnswerCache.Step step = cache.enter(key, asked, call.abort(), left);
        // Who waits for another's answer waits for the upstream.
        call.trace().waited(call.trace().now() - began);
        return switch (step) {
            case AnswerCache.Step.Answered answered -> given(call, answered.answer());
            case AnswerCache.Step.Asks asks -> asking(call, next, asks.filling());
            case AnswerCache.Step.Stopped stopped -> Reply.Refused.clientGone();
        };
    }

    private Reply asking(Call call, Chain next, Filling filling) {
        cache.missed();
        call.trace().cache(CacheUse.MISS);
        boolean answered = false;
        try {
            Reply kept = filling.keeping(next.proceed(call), call, () -> costNanoUsd(call));
            answered = true;
            return marked(kept, CacheUse.MISS);
        } finally {
            if (!answered) {
                filling.failed();
            }
        }
    }

    private @Nullable Long costNanoUsd(Call call) {
        return usage.atClosing(call, 200, new Outcome.Completed()).cost().nanoUsdOrNull();
    }

    private Reply given(Call call, CachedAnswer answer) {
        cache.hit(answer);
        call.trace().cache(CacheUse.hit(answer.savesNanoUsd()));
        call.trace().facts(answer.facts(), List.of());
        if (capture.keepsContent()) {
            call.trace().capture(text(answer));
        }
        Headers marks =
                Headers.of(
                        FIELD,
                        CacheUse.State.HIT.word(),
                        "age",
                        Long.toString(cache.age(answer).toSeconds()));
        return answer.reply(marks, call.trace());
    }

    private String text(CachedAnswer answer) {
        byte[] plain = ContentCoding.decode(answer.headers(), answer.body(), answer.body().length);
        int kept = Math.min(plain.length, capture.maxBytes());
        return new String(plain, 0, kept, StandardCharsets.UTF_8);
    }

    private static Reply marked(Reply reply, CacheUse use) {
        return Allowance.with(reply, Headers.of(FIELD, use.state().word()));
    }

    private static Reply absent() {
        ApiError error =
                ApiError.of(
                        504,
                        "invalid_request_error",
                        "not_cached",
                        "No answer to this request is kept, and 'cache-control: only-if-cached' says that nobody is to be asked for one. Send it without that.");
        return new Reply.Refused(
                error, Headers.of("x-should-retry", "false"), new Outcome.Refused(error));
    }
}
