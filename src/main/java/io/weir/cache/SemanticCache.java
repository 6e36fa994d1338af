package io.weir.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.weir.cache.Embedder.EmbeddingFailure;
import io.weir.call.Call;
import io.weir.call.Likeness;
import io.weir.call.Principal;
import io.weir.wire.RequestView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds among the answers that are kept one to a question that means the same. It only ever adds
 * hits: whatever it cannot tell is a miss. Safe for any number of threads.
 */
public final class SemanticCache {
    private static final System.Logger LOG = System.getLogger(SemanticCache.class.getName());

    private final AnswerCache answers;
    private final SemanticConfig config;
    private final Embedder embedder;
    private final DoubleSupplier chance;
    private final Semaphore free;
    private final Cache<CacheKey, Entry> entries;

    /** What is remembered, by all that has to be equal. A list is replaced, never changed. */
    private final Map<CacheKey, List<Entry>> byRest = new ConcurrentHashMap<>();

    private final LongAdder hits = new LongAdder();
    private final LongAdder checks = new LongAdder();
    private final LongAdder unlike = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Answers less alike than this say something else. */
    static final double ALIKE_ANSWERS = 0.8;

    /**
     * Over that cache.
     *
     * @param chance numbers between 0 and 1 by which hits are checked
     * @param most texts that are embedded at once: while one is, its processor does nothing else
     */
    SemanticCache(AnswerCache answers, Embedder embedder, DoubleSupplier chance, int most) {
        this.answers = answers;
        this.config = answers.config().semantic();
        this.embedder = embedder;
        this.chance = chance;
        this.free = new Semaphore(most);
        this.entries =
                Caffeine.newBuilder()
                        .maximumSize(config.maxEntries())
                        .expireAfterWrite(answers.config().ttl())
                        .ticker(answers::now)
                        .executor(Runnable::run)
                        .removalListener(
                                (@Nullable CacheKey key, @Nullable Entry entry, RemovalCause why) ->
                                        forget(entry))
                        .build();
    }

    /**
     * As the cache's configuration has it; null where it wants none. The model is loaded, which
     * takes about a second.
     *
     * @param data what a relative path of its library begins at
     * @throws io.weir.config.ConfigException where the model is not there
     */
    public static @Nullable SemanticCache open(
            AnswerCache answers, Path data, DoubleSupplier chance) {
        SemanticConfig config = answers.config().semantic();
        if (!answers.isOn() || !config.enabled()) {
            return null;
        }
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new SemanticCache(
                answers, MiniLm.load(data.resolve(config.library())), chance, most);
    }

    /**
     * A question as it can be compared.
     *
     * @param rest all of its request that has to be equal
     */
    public record Question(CacheKey rest, Particulars particulars, float[] meaning) {}

    /** An answer to a question that means the same. */
    public record Match(CachedAnswer answer, Likeness likeness) {}

    /**
     * How it stands.
     *
     * @param checks calls that could have had an earlier answer, and were asked for all the same
     * @param unlike those whose answer was another
     * @param busy calls that were not compared since too many were
     * @param failures of the model
     */
    public record Standing(
            double threshold,
            long entries,
            long hits,
            long checks,
            long unlike,
            long busy,
            long failures) {}

    private record Entry(Question question, CacheKey key, UUID call) {}

    /** The call's question; null where it is not compared by its meaning. */
    public @Nullable Question question(Call call, RequestView view, Principal caller) {
        @Nullable ChatQuestion chat = ChatQuestion.of(call, view);
        if (chat == null) {
            return null;
        }
        float @Nullable [] meaning = meaning(chat.asked());
        return meaning == null
                ? null
                : new Question(
                        answers.keyOfRest(call, view, caller, chat.rest()),
                        Particulars.of(chat.asked()),
                        meaning);
    }

    /** The answer to the most alike question, where one is alike enough; null where none is. */
    public @Nullable Match find(Question question, CacheControl asked) {
        Entry best = null;
        double most = config.threshold();
        for (Entry entry : byRest.getOrDefault(question.rest(), List.of())) {
            double likeness =
                    entry.question().particulars().allow(question.particulars())
                            ? Embedder.likeness(entry.question().meaning(), question.meaning())
                            : 0;
            if (likeness >= most) {
                best = entry;
                most = likeness;
            }
        }
        if (best == null) {
            return null;
        }
        CachedAnswer answer = answers.find(best.key(), asked);
        return answer == null
                ? null
                : new Match(answer, Likeness.ofQuestions(best.call(), Math.min(1, most)));
    }

    /** Whether a match shall be asked for all the same, to see what comes of it. */
    public boolean checks() {
        return chance.getAsDouble() < config.checkShare();
    }

    /** Counts a match whose answer was given. */
    public void hit() {
        hits.increment();
    }

    /** Remembers a question whose answer is kept under that key. */
    public void keep(Question question, CacheKey key, UUID call) {
        Entry entry = new Entry(question, key, call);
        byRest.merge(
                question.rest(),
                List.of(entry),
                (there, mine) -> Stream.concat(there.stream(), mine.stream()).toList());
        entries.put(key, entry);
    }

    /** The match once it was asked for all the same: with how much alike both answers are. */
    public Likeness checked(Match match, CachedAnswer fresh) {
        double likeness = likeness(AnswerText.of(match.answer()), AnswerText.of(fresh));
        checks.increment();
        if (likeness < ALIKE_ANSWERS) {
            unlike.increment();
        }
        return match.likeness().checked(likeness);
    }

    /** How it stands now. */
    public Standing standing() {
        entries.cleanUp();
        return new Standing(
                config.threshold(),
                entries.estimatedSize(),
                hits.sum(),
                checks.sum(),
                unlike.sum(),
                busy.sum(),
                failures.sum());
    }

    /** Answers with other numbers are not alike, whatever they mean otherwise. */
    private double likeness(String one, String other) {
        if (one.equals(other)) {
            return 1;
        }
        if (!Particulars.of(one).numbers().equals(Particulars.of(other).numbers())) {
            return 0;
        }
        float @Nullable [] its = meaning(one);
        float @Nullable [] others = meaning(other);
        return its == null || others == null ? 0 : Math.clamp(Embedder.likeness(its, others), 0, 1);
    }

    private float @Nullable [] meaning(String text) {
        if (!free.tryAcquire()) {
            busy.increment();
            return null;
        }
        try {
            return embedder.embed(text);
        } catch (EmbeddingFailure e) {
            failures.increment();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a question was not compared with earlier ones",
                    e);
            return null;
        } finally {
            free.release();
        }
    }

    private void forget(@Nullable Entry gone) {
        if (gone != null) {
            byRest.computeIfPresent(
                    gone.question().rest(),
                    (rest, there) -> {
                        List<Entry> left =
                                there.stream().filter(entry -> !entry.equals(gone)).toList();
                        return left.isEmpty() ? null : left;
                    });
        }
    }
}
