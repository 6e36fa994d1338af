package io.weir.meter;

import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.CallRecord;
import io.weir.call.CallTrace;
import io.weir.call.Fingerprint;
import io.weir.call.Moments;
import io.weir.call.Outcome;
import io.weir.call.Reply;
import io.weir.call.Upstream;
import io.weir.wire.AnswerFacts;
import io.weir.wire.Headers;
import io.weir.wire.RequestView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes a call's record from what is known of it. */
public final class RecordWriter {
    private static final int MAX_USER_AGENT_CHARS = 200;
    private static final int MAX_MESSAGE_CHARS = 1_000;

    private final UsageMeter usage;
    private final Capture capture;
    private final Fingerprints fingerprints;

    /** With these rules about tokens, money and content. */
    public RecordWriter(UsageMeter usage, Capture capture, Fingerprints fingerprints) {
        this.usage = usage;
        this.capture = capture;
        this.fingerprints = fingerprints;
    }

    /** The record of a call that goes upstream: what would stay of it if Weir stopped now. */
    public CallRecord opened(Call call) {
        CallTrace trace = call.trace();
        UsageMeter.Measured guess = usage.atOpening(call);
        return new CallRecord(
                call.id(),
                trace.receivedAt(),
                request(call, null),
                trace.caller(),
                answer(call, 0, new Outcome.Interrupted(), null),
                guess.usage(),
                guess.confidence(),
                guess.cost(),
                Moments.NONE,
                List.of(),
                trace.cache(),
                null);
    }

    /** The record of a call that has ended. */
    public CallRecord closed(Call call, Reply reply, Outcome outcome) {
        CallTrace trace = call.trace();
        int status = status(reply, outcome);
        UsageMeter.Measured measured = usage.atClosing(call, status, outcome);
        return new CallRecord(
                call.id(),
                trace.receivedAt(),
                request(call, fingerprint(call)),
                trace.caller(),
                answer(call, status, outcome, reply),
                measured.usage(),
                measured.confidence(),
                measured.cost(),
                trace.moments(),
                trace.attempts(),
                trace.cache(),
                content(call));
    }

    /** Of a call that went to an upstream, since only those can have cost something. */
    private @Nullable Fingerprint fingerprint(Call call) {
        boolean wanted =
                capture.level() != Capture.Level.NONE
                        && call.endpoint().billed()
                        && call.trace().upstream() != null;
        return wanted ? fingerprints.of(call) : null;
    }

    private CallRecord.Request request(Call call, @Nullable Fingerprint fingerprint) {
        @Nullable RequestView view = call.view().orElse(null);
        Headers headers = call.headers();
        boolean identifying = capture.level() != Capture.Level.NONE;
        return new CallRecord.Request(
                call.endpoint().name(),
                call.endpoint().operation(),
                call.method(),
                cut(call.target().path(), MAX_MESSAGE_CHARS),
                view == null ? null : cutOrNull(view.model().orElse(null), MAX_USER_AGENT_CHARS),
                view != null && view.stream(),
                view == null ? 1 : view.choices(),
                view == null ? -1 : orMinusOne(view.maxTokens()),
                view == null || !identifying
                        ? null
                        : cutOrNull(view.endUser().orElse(null), MAX_USER_AGENT_CHARS),
                view == null
                        ? null
                        : cutOrNull(view.serviceTier().orElse(null), MAX_USER_AGENT_CHARS),
                Math.max(0, call.body().length()),
                retries(headers),
                identifying
                        ? cutOrNull(headers.first("user-agent").orElse(null), MAX_USER_AGENT_CHARS)
                        : null,
                call.context(),
                fingerprint);
    }

    private CallRecord.Answer answer(
            Call call, int status, Outcome outcome, @Nullable Reply reply) {
        CallTrace trace = call.trace();
        AnswerFacts facts = trace.facts();
        Upstream upstream = trace.upstream();
        CallError error = CallError.of(status, outcome, facts);
        return new CallRecord.Answer(
                outcome.word(),
                status,
                error.type(),
                error.code(),
                capture.level() == Capture.Level.NONE
                        ? null
                        : cutOrNull(error.message(), MAX_MESSAGE_CHARS),
                upstream == null ? null : upstream.name(),
                upstream == null ? null : upstream.provider(),
                facts.responseId(),
                facts.responseModel(),
                facts.serviceTier(),
                facts.finishReasons(),
                reply instanceof Reply.Refused refused
                        ? refused.error().json().length
                        : trace.relayedBytes(),
                trace.chunks());
    }

    private CallRecord.@Nullable Content content(Call call) {
        if (!capture.keepsContent() || !call.endpoint().billed()) {
            return null;
        }
        byte[] asked = call.body() instanceof Body.Bytes held ? held.bytes() : new byte[0];
        String answered = call.trace().capturedAnswer();
        boolean cut =
                asked.length > capture.maxBytes()
                        || call.trace().relayedBytes() > capture.maxBytes();
        return new CallRecord.Content(
                new String(
                        asked,
                        0,
                        Math.min(asked.length, capture.maxBytes()),
                        StandardCharsets.UTF_8),
                answered == null ? "" : answered,
                cut,
                call.trace().capturedPace());
    }

    private static int status(Reply reply, Outcome outcome) {
        return switch (reply) {
            case Reply.Whole whole -> whole.status();
            case Reply.Streamed streamed -> streamed.status();
            case Reply.Refused refused ->
                    outcome instanceof Outcome.ClientGone ? 0 : refused.error().status();
        };
    }

    private static int retries(Headers headers) {
        String count = headers.first("x-stainless-retry-count").orElse("0");
        return count.length() == 1 && Character.isDigit(count.charAt(0))
                ? count.charAt(0) - '0'
                : 0;
    }

    private static long orMinusOne(OptionalLong value) {
        return value.orElse(-1);
    }

    private static @Nullable String cutOrNull(@Nullable String text, int most) {
        return text == null ? null : cut(text, most);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
