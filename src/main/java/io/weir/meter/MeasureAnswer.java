package io.weir.meter;

import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Policy;
import io.weir.call.Reply;
import io.weir.wire.AnswerFacts;
import io.weir.wire.AnswerReader;
import io.weir.wire.ContentCoding;
import io.weir.wire.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The innermost policy: asks the upstream for the usage of a stream whose client did not, hides it
 * from that client, and reads a copy of every answer that costs something. It stands next to the
 * router because what it must see is what the upstream sent, before any other policy has changed
 * it.
 */
public final class MeasureAnswer implements Policy {
    private static final int MAX_TEXT_CHARS = 1 << 20;

    private final Capture capture;
    private final DrainBounds drain;
    private final boolean askForUsage;

    /**
     * Measures answers.
     *
     * @param drain how far to read on after a client has gone
     * @param askForUsage whether to ask for the usage of streams; some old upstreams refuse the
     *     question
     */
    public MeasureAnswer(Capture capture, DrainBounds drain, boolean askForUsage) {
        this.capture = capture;
        this.drain = drain;
        this.askForUsage = askForUsage;
    }

    @Override
    public Reply apply(Call call, Chain next) {
        Call readable = readable(call);
        byte[] asking = asking(readable);
        if (asking == null) {
            return watched(readable, next.proceed(readable), false);
        }
        return watched(readable, next.proceed(readable.withBody(new Body.Bytes(asking))), true);
    }

    /** The body that asks for usage; null where the client's own is sent. */
    private byte @Nullable [] asking(Call call) {
        if (!askForUsage || !(call.body() instanceof Body.Bytes held)) {
            return null;
        }
        byte[] asking = call.view().map(view -> view.withUsageAsked()).orElse(held.bytes());
        return Arrays.equals(asking, held.bytes()) ? null : asking;
    }

    /**
     * What cannot be decoded can neither be measured nor searched for the upstream's key, so the
     * upstream is offered only encodings that can.
     */
    private static Call readable(Call call) {
        String offered = call.headers().first("accept-encoding").orElse(null);
        if (offered == null) {
            return call;
        }
        // A form says only while it is sent whether its answer shall be streamed.
        boolean streams =
                call.body() instanceof Body.Passing
                        || call.view().map(view -> view.stream()).orElse(false);
        boolean gzip = offered.contains("gzip") && !streams;
        return call.withHeaders(call.headers().with("accept-encoding", gzip ? "gzip" : "identity"));
    }

    private Reply watched(Call call, Reply reply, boolean hideUsage) {
        return switch (reply) {
            case Reply.Refused refused -> refused;
            case Reply.Whole whole -> {
                read(call, whole);
                yield whole;
            }
            case Reply.Streamed streamed ->
                    new Reply.Streamed(
                            streamed.status(),
                            streamed.headers(),
                            hideUsage && inEvents(call, streamed) ? -1 : streamed.length(),
                            new MeasuredSource(
                                    streamed.source(),
                                    watch(call, streamed, hideUsage),
                                    call.trace(),
                                    drain,
                                    captureBytes(call)));
        };
    }

    private void read(Call call, Reply.Whole whole) {
        call.trace().relayed(whole.body().length, 0);
        if (!call.endpoint().billed()) {
            return;
        }
        byte[] plain = ContentCoding.decode(whole.headers(), whole.body(), whole.body().length);
        AnswerFacts facts = AnswerReader.read(call.endpoint().dialect(), plain);
        List<String> texts =
                facts.usage() == null && whole.status() < 400
                        ? AnswerReader.texts(call.endpoint().dialect(), plain, MAX_TEXT_CHARS)
                        : List.of();
        call.trace().facts(facts, texts);
        if (capture.keepsContent()) {
            int kept = Math.min(plain.length, capture.maxBytes());
            call.trace().capture(new String(plain, 0, kept, StandardCharsets.UTF_8));
        }
    }

    private static AnswerWatch watch(Call call, Reply.Streamed streamed, boolean hideUsage) {
        if (!call.endpoint().billed()) {
            return new PassingWatch();
        }
        if (inEvents(call, streamed) && !streamed.headers().has("content-encoding")) {
            return streamed.headers().isEventStream()
                    ? new EventWatch(call.endpoint().dialect(), hideUsage)
                    : new UndeclaredWatch(call.endpoint().dialect(), hideUsage);
        }
        boolean json =
                streamed.headers()
                                .first("content-type")
                                .map(type -> type.contains("json"))
                                .orElse(true)
                        || call.endpoint().dialect() != Endpoint.Dialect.GENERIC;
        return json
                ? new JsonWatch(call.endpoint().dialect(), streamed.headers())
                : new PassingWatch();
    }

    private static boolean inEvents(Call call, Reply.Streamed streamed) {
        return call.mayBeAnsweredInEvents(streamed.status(), streamed.headers());
    }

    private int captureBytes(Call call) {
        return capture.keepsContent() && call.endpoint().billed() ? capture.maxBytes() : 0;
    }
}
