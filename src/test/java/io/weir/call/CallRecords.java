package io.weir.call;

import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecord.Request;
import io.weir.wire.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes records for tests. A fresh one is a streamless chat call that succeeded: 10 tokens in, 5
 * out, 2,000 nano-dollars, 100 ms of which 90 were the upstream's. Mutable, for one thread.
 */
public final class CallRecords {
    private UUID id;
    private final Instant receivedAt;
    private String endpoint = "chat.completions";
    private String operation = "chat";
    private @Nullable String model = "gpt-4o-mini";
    private @Nullable String responseModel = "gpt-4o-mini-2024-07-18";
    private @Nullable Principal caller =
            new Principal("key_1", "first key", "default", List.of("team:a"));
    private boolean stream;
    private @Nullable String endUser;
    private @Nullable CacheUse cache;
    private @Nullable TraceContext trace;
    private @Nullable Fingerprint fingerprint;
    private long requestBytes = 412;
    private long maxTokens = -1;
    private int clientRetry;
    private String outcome = "completed";
    private int status = 200;
    private @Nullable String errorType;
    private @Nullable String errorCode;
    private @Nullable String errorMessage;
    private @Nullable String upstream = "openai";
    private @Nullable String serviceTier = "default";
    private Usage usage = Usage.ofText(10, 5);
    private Confidence confidence = Confidence.PROVIDER;
    private Cost cost = new Cost.Priced(2_000, "gpt-4o-mini/2024-07-18/default");
    private Moments moments = new Moments(50, 900, 1_000, 80_000, -1, 95_000, 100_000, -1, 90_000);
    private List<Attempt> attempts;
    private @Nullable Content content;

    private CallRecords(Instant receivedAt, UUID id) {
        this.receivedAt = receivedAt;
        this.id = id;
        this.attempts = List.of(attempt(1, 200, null));
    }

    /** A call received then; calls with different numbers have different ids. */
    public static CallRecords at(Instant receivedAt, long number) {
        return new CallRecords(receivedAt, id(receivedAt, number));
    }

    /** The UUIDv7 of that time and number. */
    public static UUID id(Instant made, long number) {
        return new UUID(made.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L | number);
    }

    /** A try that was answered with that status, or failed. */
    public static Attempt attempt(int number, int status, @Nullable String failure) {
        return new Attempt(
                number, "openai", true, 100, 900, 1_000, 80_000, 95_000, status, failure, "req_1");
    }

    /** Any record at all: everything that may be missing sometimes is, and texts are nasty. */
    public static CallRecord any(RandomGenerator random, Instant receivedAt) {
        Instant micros = receivedAt.truncatedTo(ChronoUnit.MICROS);
        return new CallRecord(
                id(micros, random.nextLong() >>> 2),
                micros,
                anyRequest(random),
                random.nextInt(4) == 0 ? null : anyCaller(random),
                anyAnswer(random),
                anyUsage(random),
                anyConfidence(random),
                anyCost(random),
                anyMoments(random),
                IntStream.rangeClosed(1, random.nextInt(4))
                        .mapToObj(number -> anyAttempt(random, number))
                        .toList(),
                anyCacheUse(random),
                random.nextBoolean()
                        ? null
                        : new Content(anyText(random), anyText(random), true, anyText(random)));
    }

    public CallRecords id(UUID value) {
        id = value;
        return this;
    }

    public CallRecords endpoint(String value) {
        endpoint = value;
        return this;
    }

    /** The endpoint, and its {@code gen_ai.operation.name}. */
    public CallRecords endpoint(String name, String operationName) {
        operation = operationName;
        return endpoint(name);
    }

    /** The model that was asked for, and the one that answered. */
    public CallRecords model(@Nullable String asked, @Nullable String answered) {
        model = asked;
        responseModel = answered;
        return this;
    }

    public CallRecords caller(@Nullable Principal value) {
        caller = value;
        return this;
    }

    public CallRecords key(String keyId, String keyName, String project) {
        return caller(new Principal(keyId, keyName, project, List.of()));
    }

    /** Streamed, with its first token after so many milliseconds. */
    public CallRecords stream(long firstTokenMs) {
        stream = true;
        moments = withFirstToken(moments, firstTokenMs * 1_000);
        return this;
    }

    public CallRecords endUser(String value) {
        endUser = value;
        return this;
    }

    /** By what an equal request is known, and requests that begin alike. */
    public CallRecords fingerprint(long request, Long... beginnings) {
        fingerprint = new Fingerprint(request, List.of(beginnings));
        return this;
    }

    public CallRecords maxTokens(long value) {
        maxTokens = value;
        return this;
    }

    public CallRecords clientRetry(int value) {
        clientRetry = value;
        return this;
    }

    public CallRecords requestBytes(long value) {
        requestBytes = value;
        return this;
    }

    public CallRecords outcome(String word, int statusSent) {
        outcome = word;
        status = statusSent;
        return this;
    }

    public CallRecords error(
            @Nullable String type, @Nullable String code, @Nullable String message) {
        errorType = type;
        errorCode = code;
        errorMessage = message;
        return this;
    }

    public CallRecords upstream(@Nullable String value) {
        upstream = value;
        return this;
    }

    public CallRecords serviceTier(@Nullable String value) {
        serviceTier = value;
        return this;
    }

    public CallRecords usage(Usage value, Confidence from) {
        usage = value;
        confidence = from;
        return this;
    }

    public CallRecords cost(Cost value) {
        cost = value;
        return this;
    }

    /** Closed after so many milliseconds, of which so many were spent waiting for an upstream. */
    public CallRecords latency(long closedMs, long upstreamMs) {
        moments =
                new Moments(
                        50,
                        900,
                        1_000,
                        moments.firstByte(),
                        moments.firstToken(),
                        closedMs * 1_000,
                        closedMs * 1_000,
                        -1,
                        upstreamMs * 1_000);
        return this;
    }

    public CallRecords moments(Moments value) {
        moments = value;
        return this;
    }

    public CallRecords attempts(Attempt... values) {
        attempts = List.of(values);
        return this;
    }

    public CallRecords content(String request, String response) {
        content = new Content(request, response, false);
        return this;
    }

    /** The same of a stream whose pieces were relayed so. */
    public CallRecords content(String request, String response, String pace) {
        content = new Content(request, response, false, pace);
        return this;
    }

    public CallRecords trace(@Nullable TraceContext value) {
        trace = value;
        return this;
    }

    public CallRecords cache(@Nullable CacheUse value) {
        cache = value;
        return this;
    }

    /** The record. */
    public CallRecord build() {
        return new CallRecord(
                id,
                receivedAt,
                new Request(
                        endpoint,
                        operation,
                        "POST",
                        "/v1/chat/completions",
                        model,
                        stream,
                        1,
                        maxTokens,
                        endUser,
                        null,
                        requestBytes,
                        clientRetry,
                        "OpenAI/Java 4.101.0",
                        trace,
                        fingerprint),
                caller,
                new Answer(
                        outcome,
                        status,
                        errorType,
                        errorCode,
                        errorMessage,
                        upstream,
                        "openai",
                        "chatcmpl-" + id,
                        responseModel,
                        serviceTier,
                        List.of("stop"),
                        980,
                        stream ? 7 : 0),
                usage,
                confidence,
                cost,
                moments,
                attempts,
                cache,
                content);
    }

    private static Moments withFirstToken(Moments of, long firstTokenMicros) {
        return new Moments(
                of.admitted(),
                of.connected(),
                of.requestSent(),
                of.firstByte(),
                firstTokenMicros,
                of.lastByte(),
                of.closed(),
                20_000,
                of.upstream());
    }

    private static @Nullable CacheUse anyCacheUse(RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> CacheUse.hit(random.nextLong(1L << 40));
            case 1 -> CacheUse.hit(null).like(Likeness.ofQuestions(id(Instant.EPOCH, 7), 0.97));
            case 2 ->
                    CacheUse.MISS.like(
                            Likeness.ofQuestions(id(Instant.EPOCH, 8), 0.98).checked(0.5));
            case 3 -> CacheUse.BYPASS;
            default -> null;
        };
    }

    private static Request anyRequest(RandomGenerator random) {
        return new Request(
                anyText(random),
                anyText(random),
                "POST",
                anyText(random),
                anyTextOrNull(random),
                random.nextBoolean(),
                random.nextInt(128),
                anyMoment(random),
                anyTextOrNull(random),
                anyTextOrNull(random),
                random.nextLong(1L << 40),
                random.nextInt(4),
                anyTextOrNull(random),
                random.nextInt(3) == 0 ? null : anyTrace(random),
                random.nextInt(3) == 0 ? null : anyFingerprint(random));
    }

    private static Fingerprint anyFingerprint(RandomGenerator random) {
        return new Fingerprint(random.nextLong(), random.longs(random.nextInt(3)).boxed().toList());
    }

    private static TraceContext anyTrace(RandomGenerator random) {
        return new TraceContext(
                anyText(random), anyTextOrNull(random), anyText(random), random.nextInt(4));
    }

    private static Principal anyCaller(RandomGenerator random) {
        return new Principal(anyText(random), anyText(random), anyText(random), anyTexts(random));
    }

    private static Answer anyAnswer(RandomGenerator random) {
        return new Answer(
                anyText(random),
                random.nextInt(600),
                anyTextOrNull(random),
                anyTextOrNull(random),
                anyTextOrNull(random),
                anyTextOrNull(random),
                anyTextOrNull(random),
                anyTextOrNull(random),
                anyTextOrNull(random),
                anyTextOrNull(random),
                anyTexts(random),
                random.nextLong(1L << 40),
                random.nextLong(1L << 20));
    }

    private static Usage anyUsage(RandomGenerator random) {
        long[] parts = random.longs(9, 0, 1L << 40).toArray();
        return new Usage(
                parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7],
                parts[8]);
    }

    private static Confidence anyConfidence(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> Confidence.PROVIDER;
            case 1 -> Confidence.ESTIMATED;
            case 2 -> Confidence.PARTIAL;
            default -> Confidence.NONE;
        };
    }

    private static Cost anyCost(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Cost.Free();
            case 1 -> new Cost.Unpriced(anyText(random));
            default -> new Cost.Priced(random.nextLong(1L << 50), anyText(random));
        };
    }

    private static Moments anyMoments(RandomGenerator random) {
        return new Moments(
                anyMoment(random),
                anyMoment(random),
                anyMoment(random),
                anyMoment(random),
                anyMoment(random),
                anyMoment(random),
                anyMoment(random),
                anyMoment(random),
                random.nextLong(1L << 40));
    }

    private static Attempt anyAttempt(RandomGenerator random, int number) {
        return new Attempt(
                number,
                anyText(random),
                random.nextBoolean(),
                anyMoment(random),
                anyMoment(random),
                anyMoment(random),
                anyMoment(random),
                anyMoment(random),
                random.nextInt(600),
                anyTextOrNull(random),
                anyTextOrNull(random));
    }

    private static long anyMoment(RandomGenerator random) {
        return random.nextInt(4) == 0 ? -1 : random.nextLong(1L << 40);
    }

    private static List<String> anyTexts(RandomGenerator random) {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.add(anyText(random));
        }
        return texts;
    }

    private static @Nullable String anyTextOrNull(RandomGenerator random) {
        return random.nextInt(3) == 0 ? null : anyText(random);
    }

    private static String anyText(RandomGenerator random) {
        String alphabet = "abc %_'\"\\,;\n\r\t\0é漢😀[]{}";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
