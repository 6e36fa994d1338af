package io.weir.policy;

import io.weir.cache.AnswerCache;
import io.weir.cache.CacheControl;
import io.weir.cache.CacheKey;
import io.weir.cache.CachedAnswer;
import io.weir.cache.Filling;
import io.weir.cache.SemanticCache;
import io.weir.cache.SemanticCache.Match;
import io.weir.cache.SemanticCache.Question;
import io.weir.call.Body;
import io.weir.call.CacheUse;
import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Likeness;
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

    private static final String SEMANTIC = "semantic";

    /** What a client sends in it that wants equal requests to be equal. */
    private static final String EXACT = "exact";

    private static final double MILLION = 1e6;

    private final AnswerCache cache;
    private final @Nullable SemanticCache semantic;
    private final UsageMeter usage;
    private final Capture capture;
    private final long patienceNanos;

    /**
     * From that cache.
     *
     * @param semantic finds answers to questions that mean the same; null where that is off
     * @param usage says what an answer cost
     * @param capture whether the record of a call has its answer's text
     * @param patience how long a call may take that waits for another's answer
     */
    public AnswerFromCache(
            AnswerCache cache,
            @Nullable SemanticCache semantic,
            UsageMeter usage,
            Capture capture,
            Duration patience) {
        this.cache = cache;
        this.semantic = semantic;
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
            return given(call, found, null);
        }
        @Nullable Asked question = asked(call, view, caller, asked);
        @Nullable Match match = question == null ? null : question.match();
        if (question != null && match != null && isGiven(question.cache(), asked)) {
            question.cache().hit();
            return given(call, match.answer(), match.likeness());
        }
        return asked.onlyIfCached() ? notCached(call) : missed(call, key, asked, next, question);
    }

    /**
     * A question that is compared with others by its meaning.
     *
     * @param match the answer to one that means the same; null where there is none
     */
    private record Asked(SemanticCache cache, Question question, @Nullable Match match) {
        /** The answer to it is there. */
        void kept(Call call, CacheKey key, CachedAnswer answer) {
            cache.keep(question, key, call.id());
            if (match != null) {
                call.trace().cache(CacheUse.MISS.like(cache.checked(match, answer)));
            }
        }
    }

    private @Nullable Asked asked(
            Call call, RequestView view, Principal caller, CacheControl asked) {
        boolean exact = call.headers().first(FIELD).filter(EXACT::equalsIgnoreCase).isPresent();
        if (semantic == null || asked.noCache() || exact) {
            return null;
        }
        @Nullable Question question = semantic.question(call, view, caller);
        return question == null
                ? null
                : new Asked(semantic, question, semantic.find(question, asked));
    }

    /** Some are asked for all the same, to see what would have come of it. */
    private static boolean isGiven(SemanticCache cache, CacheControl asked) {
        return asked.onlyIfCached() || !cache.checks();
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

    private Reply missed(
            Call call, CacheKey key, CacheControl asked, Chain next, @Nullable Asked question) {
        long began = call.trace().now();
        long left = patienceNanos - (began - call.trace().receivedNanos());
        AnswerCache.Step step = cache.enter(key, asked, call.abort(), left);
        // Who waits for another's answer waits for the upstream.
        call.trace().waited(call.trace().now() - began);
        return switch (step) {
            case AnswerCache.Step.Answered answered -> given(call, answered.answer(), null);
            case AnswerCache.Step.Asks asks -> asking(call, next, asks.filling(), key, question);
            case AnswerCache.Step.Stopped stopped -> Reply.Refused.clientGone();
        };
    }

    private Reply asking(
            Call call, Chain next, Filling filling, CacheKey key, @Nullable Asked question) {
        cache.missed();
        call.trace().cache(CacheUse.MISS);
        boolean answered = false;
        try {
            if (question != null) {
                filling.telling(answer -> question.kept(call, key, answer));
            }
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

    /**
     * Gives an answer again.
     *
     * @param likeness to the call whose answer it is; null where that was equal
     */
    private Reply given(Call call, CachedAnswer answer, @Nullable Likeness likeness) {
        cache.hit(answer);
        call.trace().cache(CacheUse.hit(answer.savesNanoUsd()).like(likeness));
        call.trace().facts(answer.facts(), List.of());
        if (capture.keepsContent()) {
            call.trace().capture(text(answer));
        }
        return answer.reply(marks(answer, likeness), call.trace());
    }

    private Headers marks(CachedAnswer answer, @Nullable Likeness likeness) {
        String age = Long.toString(cache.age(answer).toSeconds());
        return likeness == null
                ? Headers.of(FIELD, CacheUse.State.HIT.word(), "age", age)
                : Headers.of(
                        FIELD,
                        SEMANTIC,
                        "age",
                        age,
                        FIELD + "-likeness",
                        "%.3f".formatted(likeness.questionPpm() / MILLION),
                        FIELD + "-call",
                        likeness.of().toString());
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
