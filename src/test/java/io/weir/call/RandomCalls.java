package io.weir.call;

import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecord.Request;
import io.weir.wire.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records of calls that never were, of every shape a record can have. */
public final class RandomCalls {
    private static final long THE_YEAR_2100_SECONDS = 4_102_444_800L;

    private static final List<Confidence> CONFIDENCES = List.of(Confidence.values());

    private final Random random;

    public RandomCalls(long seed) {
        random = new Random(seed);
    }

    public CallRecord next() {
        return new CallRecord(
                new UUID(random.nextLong(), random.nextLong()),
                Instant.ofEpochSecond(
                        random.nextLong(THE_YEAR_2100_SECONDS), random.nextInt(1_000_000) * 1_000L),
                request(),
                maybe(this::caller),
                answer(),
                usage(),
                CONFIDENCES.get(random.nextInt(CONFIDENCES.size())),
                cost(),
                moments(),
                several(this::attempt),
                maybe(this::cacheUse),
                maybe(this::content));
    }

    private CacheUse cacheUse() {
        return anyUse().like(maybe(this::likeness));
    }

    private Likeness likeness() {
        return new Likeness(
                new UUID(random.nextLong(), random.nextLong()), count(), maybe(this::count));
    }

    private CacheUse anyUse() {
        return switch (random.nextInt(4)) {
            case 0 -> CacheUse.hit(count());
            case 1 -> CacheUse.hit(null);
            case 2 -> CacheUse.MISS;
            default -> CacheUse.BYPASS;
        };
    }

    private Request request() {
        return new Request(
                text(),
                text(),
                text(),
                text(),
                maybe(this::text),
                random.nextBoolean(),
                random.nextInt(),
                momentOrNever(),
                maybe(this::text),
                maybe(this::text),
                count(),
                random.nextInt(),
                maybe(this::text),
                maybe(this::trace),
                maybe(this::fingerprint));
    }

    private Fingerprint fingerprint() {
        return new Fingerprint(random.nextLong(), several(random::nextLong));
    }

    private TraceContext trace() {
        return new TraceContext(text(), maybe(this::text), text(), random.nextInt(4));
    }

    private Principal caller() {
        return new Principal(text(), text(), text(), several(this::text));
    }

    private Answer answer() {
        return new Answer(
                text(),
                random.nextInt(),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                several(this::text),
                count(),
                count());
    }

    private Usage usage() {
        return new Usage(
                count(), count(), count(), count(), count(), count(), count(), count(), count());
    }

    private Cost cost() {
        return switch (random.nextInt(3)) {
            case 0 -> new Cost.Priced(random.nextLong(), text());
            case 1 -> new Cost.Unpriced(text());
            default -> new Cost.Free();
        };
    }

    private Moments moments() {
        return new Moments(
                momentOrNever(),
                momentOrNever(),
                momentOrNever(),
                momentOrNever(),
                momentOrNever(),
                momentOrNever(),
                momentOrNever(),
                momentOrNever(),
                count());
    }

    private Attempt attempt() {
        return new Attempt(
                random.nextInt(),
                text(),
                random.nextBoolean(),
                momentOrNever(),
                momentOrNever(),
                momentOrNever(),
                momentOrNever(),
                momentOrNever(),
                random.nextInt(),
                maybe(this::text),
                maybe(this::text));
    }

    private Content content() {
        return new Content(longText(), longText(), random.nextBoolean(), text());
    }

    private long count() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    private long momentOrNever() {
        return random.nextInt(4) == 0 ? -1 : count();
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> several(Supplier<T> value) {
        List<T> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value.get());
        }
        return values;
    }

    private String text() {
        return text(random.nextInt(30));
    }

    /** Up to beyond every buffer between here and the file. */
    private String longText() {
        return text(random.nextInt(20) == 0 ? random.nextInt(200_000) : random.nextInt(2_000));
    }

    private String text(int characters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            text.appendCodePoint(codePoint());
        }
        return text.toString();
    }

    private int codePoint() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> random.nextBoolean() ? '"' : '\\';
            case 2 -> 0x80 + random.nextInt(0xD800 - 0x80);
            case 3 -> 0xE000 + random.nextInt(0x10FFFF - 0xE000);
            default -> ' ' + random.nextInt(95);
        };
    }
}
