package io.weir.call;

import io.weir.wire.AnswerFacts;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call so far: who makes it, its moments, its attempts, what was read of its
 * answer. The only mutable part of a call; belongs to the call's thread.
 */
public final class CallTrace {
    private final LongSupplier ticker;
    private final long receivedNanos;
    private final Instant receivedAt;
    private final List<AttemptTrace> attempts = new ArrayList<>(1);
    private @Nullable Call read;
    private @Nullable Principal caller;
    private @Nullable InetAddress client;
    private @Nullable Upstream upstream;
    private AnswerFacts facts = AnswerFacts.NONE;
    private List<String> outputTexts = List.of();
    private @Nullable String capturedAnswer;
    private String capturedPace = "";
    private @Nullable CacheUse cache;
    private long expectedTokens;
    private long admitted = -1;
    private long firstToken = -1;
    private long longestGapNanos = -1;
    private long upstreamNanos;
    private long chunks;
    private long relayedBytes;

    /**
     * A call that has just been received.
     *
     * @param ticker nanoseconds of a monotonic clock
     * @param receivedAt the wall clock's time of it
     */
    public CallTrace(LongSupplier ticker, Instant receivedAt) {
        this.ticker = ticker;
        this.receivedAt = receivedAt;
        this.receivedNanos = ticker.getAsLong();
    }

    /** The wall clock's time of the call's arrival. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** The monotonic clock, in nanoseconds. */
    public long now() {
        return ticker.getAsLong();
    }

    /** The monotonic clock at the call's arrival. */
    public long receivedNanos() {
        return receivedNanos;
    }

    /** The call once its body was read; {@code first} until then. */
    public Call asRead(Call first) {
        return read == null ? first : read;
    }

    /** Notes the call with the body that was read. */
    public void asReadIs(Call call) {
        read = call;
    }

    /** Who makes the call; null until that is known. */
    public @Nullable Principal caller() {
        return caller;
    }

    /** Notes who makes the call. */
    public void caller(Principal principal) {
        caller = principal;
    }

    /** The address the call comes from; null where that is not known. */
    public @Nullable InetAddress client() {
        return client;
    }

    /** Notes the address the call comes from. */
    public void client(@Nullable InetAddress address) {
        client = address;
    }

    /** Notes that every policy has let the call through. */
    public void admitted() {
        admitted = micros();
    }

    /** Notes how many tokens the call is likely to use. */
    public void expects(long tokens) {
        expectedTokens = tokens;
    }

    /** How many tokens the call is likely to use; 0 where nobody has asked. */
    public long expectedTokens() {
        return expectedTokens;
    }

    /** What the cache of answers did for the call; null where it was not asked. */
    public @Nullable CacheUse cache() {
        return cache;
    }

    /** Notes what the cache of answers did for the call. */
    public void cache(CacheUse use) {
        cache = use;
    }

    /** Begins the next try. */
    public AttemptTrace attempt(Upstream target) {
        upstream = target;
        AttemptTrace attempt =
                new AttemptTrace(ticker, receivedNanos, attempts.size() + 1, target.name());
        attempts.add(attempt);
        return attempt;
    }

    /** The upstream that was tried last. */
    public @Nullable Upstream upstream() {
        return upstream;
    }

    /** Adds time spent waiting for an upstream. */
    public void waited(long nanos) {
        upstreamNanos += nanos;
    }

    /** Notes the longest silence of a stream so far. */
    public void gap(long nanos) {
        longestGapNanos = Math.max(longestGapNanos, nanos);
    }

    /** Notes the first content token of a stream; the first call counts. */
    public void firstToken() {
        if (firstToken < 0) {
            firstToken = micros();
        }
    }

    /**
     * Notes that the answer's own end mark is there. What may still come is HTTP's, after the
     * record was made.
     */
    public void answerEnded() {
        if (!attempts.isEmpty()) {
            attempts.getLast().ended();
        }
    }

    /** What was read of the answer. */
    public AnswerFacts facts() {
        return facts;
    }

    /**
     * Notes what was read of the answer, and the text to count where the provider gave no usage.
     */
    public void facts(AnswerFacts answered, List<String> texts) {
        facts = answered;
        outputTexts = texts;
    }

    /** The text the model wrote, one a choice, as far as it was kept. */
    public List<String> outputTexts() {
        return outputTexts;
    }

    /** Notes the size of what came of the answer so far. */
    public void relayed(long bytes, long events) {
        relayedBytes = bytes;
        chunks = events;
    }

    /** Bytes of the answer's body so far. */
    public long relayedBytes() {
        return relayedBytes;
    }

    /** Events of a stream so far. */
    public long chunks() {
        return chunks;
    }

    /** Keeps the answer's text for the record. */
    public void capture(String answer) {
        capturedAnswer = answer;
    }

    /** Keeps when the pieces of that text came; see {@link PaceLog#text()}. */
    public void capturePace(String pace) {
        capturedPace = pace;
    }

    /** When the pieces of the answer's text came; empty where that is not kept. */
    public String capturedPace() {
        return capturedPace;
    }

    /** The answer's text; null where none is kept. */
    public @Nullable String capturedAnswer() {
        return capturedAnswer;
    }

    /** Whether any try got as far as handing over the whole request. */
    public boolean sent() {
        return attempts.stream().anyMatch(AttemptTrace::wasSent);
    }

    /** The tries so far. */
    public List<Attempt> attempts() {
        return attempts.stream().map(AttemptTrace::attempt).toList();
    }

    /** The moments so far; {@code closed} is now. */
    public Moments moments() {
        AttemptTrace last = attempts.isEmpty() ? null : attempts.getLast();
        return new Moments(
                admitted,
                last == null ? -1 : last.connectedMicros(),
                last == null ? -1 : last.sentMicros(),
                last == null ? -1 : last.firstByteMicros(),
                firstToken,
                last == null ? -1 : last.endedMicros(),
                micros(),
                longestGapNanos < 0 ? -1 : longestGapNanos / 1_000,
                upstreamNanos / 1_000);
    }

    private long micros() {
        return (ticker.getAsLong() - receivedNanos) / 1_000;
    }
}
