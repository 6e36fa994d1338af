package io.weir.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.weir.call.Abort;
import io.weir.call.Call;
import io.weir.call.Principal;
import io.weir.wire.RequestView;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are given again, in memory only: each for a bounded time, all within bounded memory.
 * Safe for any number of threads; nobody waits for a lock of it while an answer is asked for.
 */
public final class AnswerCache {
    private final CacheConfig config;
    private final String upstream;
    private final LongSupplier ticker;
    private final Cache<CacheKey, CachedAnswer> answers;
    private final Flights flights = new Flights();
    private final AtomicLong clearings = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder bypasses = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder savedNanoUsd = new LongAdder();

    /**
     * An empty cache.
     *
     * @param upstream whose answers it holds
     * @param ticker nanoseconds of a monotonic clock
     */
    public AnswerCache(CacheConfig config, String upstream, LongSupplier ticker) {
        this.config = config;
        this.upstream = upstream;
        this.ticker = ticker;
        answers =
                Caffeine.newBuilder()
                        .maximumWeight(config.maxBytes())
                        .weigher((CacheKey key, CachedAnswer answer) -> answer.weight())
                        .expireAfterWrite(config.ttl())
                        .ticker(ticker::getAsLong)
                        // What nobody asks for again leaves memory as well.
                        .scheduler(Scheduler.systemScheduler())
                        .executor(Runnable::run)
                        .evictionListener(
                                (@Nullable CacheKey key,
                                        @Nullable CachedAnswer answer,
                                        RemovalCause why) -> {
                                    if (why == RemovalCause.SIZE) {
                                        evictions.increment();
                                    }
                                })
                        .build();
    }

    /** What a call does that has not found its answer. */
    public sealed interface Step {
        /** It gives its client that answer, which another call has asked for. */
        record Answered(CachedAnswer answer) implements Step {}

        /** It asks, and tells the filling what came of it. */
        record Asks(Filling filling) implements Step {}

        /** It ends: its client has gone, or it was stopped while it waited. */
        record Stopped() implements Step {}
    }

    /**
     * How it stands.
     *
     * @param evictions answers that had to go for lack of room
     * @param underWay requests that are being asked for
     * @param savedNanoUsd what the hits would have cost, as far as that is known
     */
    public record Standing(
            boolean enabled,
            long entries,
            long bytes,
            long maxBytes,
            long hits,
            long misses,
            long bypasses,
            long evictions,
            long underWay,
            long savedNanoUsd) {}

    /** What a project has in it. */
    public record Share(long entries, long bytes) {
        private Share plus(Share other) {
            return new Share(entries + other.entries, bytes + other.bytes);
        }
    }

    /** Whether answers are kept at all. */
    public boolean isOn() {
        return config.enabled();
    }

    /** What calls have in common whose answers are the same. */
    public CacheKey key(Call call, RequestView view, Principal caller) {
        return CacheKey.of(call, view, caller, config.scope(), upstream);
    }

    /** The same of what has to be equal where the question need not be. */
    CacheKey keyOfRest(Call call, RequestView view, Principal caller, byte[] rest) {
        return CacheKey.ofRest(call, view, caller, config.scope(), upstream, rest);
    }

    /** The answer that is kept, where it is fresh enough for who asks; null where there is none. */
    public @Nullable CachedAnswer find(CacheKey key, CacheControl asked) {
        if (asked.noCache()) {
            return null;
        }
        CachedAnswer kept = answers.getIfPresent(key);
        return kept != null && isFresh(kept, asked) ? kept : null;
    }

    /**
     * What a call does that has found nothing: it asks, or waits for an equal one that does.
     *
     * @param abort ends its waiting
     * @param patienceNanos how long it may wait
     */
    public Step enter(CacheKey key, CacheControl asked, Abort abort, long patienceNanos) {
        if (asked.noCache() || !config.singleFlight()) {
            return new Step.Asks(alone(key));
        }
        long cleared = clearings.get();
        Flights.Seat seat = flights.enter(key, cleared);
        @Nullable Filling leading = null;
        try {
            Flight.Turn turn =
                    seat.first()
                            ? new Flight.Turn.Lead()
                            : seat.flight().await(abort, patienceNanos);
            if (turn instanceof Flight.Turn.Lead) {
                leading = new Filling(this, key, seat.flight(), cleared);
            }
            return step(turn, key, asked, leading);
        } finally {
            if (leading == null) {
                flights.leave(key, cleared);
            }
        }
    }

    /** For a call that none waits for. */
    private Filling alone(CacheKey key) {
        return new Filling(this, key, null, clearings.get());
    }

    /** How long ago an answer was kept. */
    public Duration age(CachedAnswer answer) {
        return Duration.ofNanos(ticker.getAsLong() - answer.keptNanos());
    }

    /** Counts an answer that was given again. */
    public void hit(CachedAnswer answer) {
        hits.increment();
        if (answer.savesNanoUsd() != null) {
            savedNanoUsd.add(answer.savesNanoUsd());
        }
    }

    /** Counts a call whose answer was not there. */
    public void missed() {
        misses.increment();
    }

    /** Counts a call that the cache is not for, or that wants nothing of it. */
    public void bypassed() {
        bypasses.increment();
    }

    /**
     * Forgets every answer, or a project's; also those that are under way.
     *
     * @param project null for all
     * @return how many were forgotten
     */
    public long clear(@Nullable String project) {
        clearings.incrementAndGet();
        AtomicLong forgotten = new AtomicLong();
        Predicate<CachedAnswer> theirs =
                answer -> {
                    boolean is = project == null || answer.project().equals(project);
                    if (is) {
                        forgotten.incrementAndGet();
                    }
                    return is;
                };
        answers.asMap().values().removeIf(theirs);
        return forgotten.get();
    }

    /** How it stands now. */
    public Standing standing() {
        answers.cleanUp();
        long bytes =
                answers.policy().eviction().map(bound -> bound.weightedSize().orElse(0)).orElse(0L);
        return new Standing(
                config.enabled(),
                answers.estimatedSize(),
                bytes,
                config.maxBytes(),
                hits.sum(),
                misses.sum(),
                bypasses.sum(),
                evictions.sum(),
                flights.size(),
                savedNanoUsd.sum());
    }

    /** What each project has in it, by name. */
    public Map<String, Share> shares() {
        Map<String, Share> shares = new TreeMap<>();
        for (CachedAnswer answer : answers.asMap().values()) {
            shares.merge(answer.project(), new Share(1, answer.weight()), Share::plus);
        }
        return shares;
    }

    CacheConfig config() {
        return config;
    }

    long now() {
        return ticker.getAsLong();
    }

    /** Keeps an answer that was asked for after so many clearings. */
    void keep(CacheKey key, CachedAnswer answer, long clearedBefore) {
        answers.put(key, answer);
        if (clearings.get() != clearedBefore) {
            answers.invalidate(key);
        }
    }

    void leave(CacheKey key, long cleared) {
        flights.leave(key, cleared);
    }

    private Step step(
            Flight.Turn turn, CacheKey key, CacheControl asked, @Nullable Filling leading) {
        return switch (turn) {
            case Flight.Turn.Lead lead ->
                    lead(key, asked, Objects.requireNonNull(leading, "nobody leads"));
            case Flight.Turn.Served served ->
                    isFresh(served.answer(), asked)
                            ? new Step.Answered(served.answer())
                            : new Step.Asks(alone(key));
            case Flight.Turn.Alone alone -> new Step.Asks(alone(key));
            case Flight.Turn.Stopped stopped -> new Step.Stopped();
        };
    }

    /** Between looking and leading another flight may have ended. */
    private Step lead(CacheKey key, CacheControl asked, Filling leading) {
        CachedAnswer kept = find(key, asked);
        if (kept != null) {
            leading.found(kept);
            return new Step.Answered(kept);
        }
        return new Step.Asks(leading);
    }

    private boolean isFresh(CachedAnswer answer, CacheControl asked) {
        return age(answer).toSeconds() <= asked.maxAgeSeconds();
    }
}
