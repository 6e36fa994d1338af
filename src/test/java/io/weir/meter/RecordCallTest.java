package io.weir.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.AttemptTrace;
import io.weir.call.Call;
import io.weir.call.CallRecord;
import io.weir.call.Calls;
import io.weir.call.Chain;
import io.weir.call.Outcome;
import io.weir.call.Reply;
import io.weir.call.Source;
import io.weir.call.Upstream;
import io.weir.call.UpstreamFailure;
import io.weir.prices.PriceBook;
import io.weir.wire.Headers;
import io.weir.wire.PromptText;
import io.weir.wire.Secret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCallTest {
    private static final Capture CAPTURE = new Capture(Capture.Level.METADATA, 0);
    private static final String EVENT =
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\n";

    private final Call call =
            Calls.chat("{\"model\":\"gpt-4o-mini\",\"stream\":true,\"messages\":[]}");
    private final RecordedCalls recorded = new RecordedCalls();

    @Test
    void aStreamWhoseClientWentEndsWithItsClientAndNotWithItsUpstream() throws Exception {
        Source source = streamed(EVENT, () -> call.abort().raise(new Outcome.ClientGone()));

        readUntilItBreaks(source);

        CallRecord record = recorded.closed.getFirst();
        assertThat(record.answer().outcome()).isEqualTo("client_gone");
        assertThat(record.answer().errorType()).isEqualTo("client_gone");
    }

    @Test
    void aStreamThatBreaksIsItsUpstreamsFailure() throws Exception {
        readUntilItBreaks(streamed(EVENT, () -> {}));

        assertThat(recorded.closed.getFirst().answer().outcome()).isEqualTo("upstream_failed");
    }

    @Test
    void theLastByteOfAStreamIsItsEndMark() throws Exception {
        Source source = streamed(EVENT + "data: [DONE]\n\n", () -> {});
        while (!source.complete()) {
            source.read(new byte[1_024], 0, 1_024);
        }

        CallRecord record = recorded.closed.getFirst();
        assertThat(record.answer().outcome()).isEqualTo("completed");
        assertThat(record.moments().lastByte()).isBetween(1L, record.moments().closed());
        assertThat(record.attempts().getFirst().endedMicros())
                .isEqualTo(record.moments().lastByte());
    }

    private static void readUntilItBreaks(Source source) {
        byte[] piece = new byte[1_024];
        try {
            while (source.read(piece, 0, piece.length) >= 0) {
                assertThat(source.complete()).isFalse();
            }
        } catch (UpstreamFailure broken) {
            source.close(new Outcome.ClientGone());
        }
    }

    private Source streamed(String text, Runnable beforeBreaking) {
        RecordWriter writer =
                new RecordWriter(
                        new UsageMeter(new NoTokens(), PriceBook::shipped),
                        CAPTURE,
                        new Fingerprints(new Secret("of-a-test")));
        Chain upstream =
                asked -> {
                    AttemptTrace trying = asked.trace().attempt(new NoUpstream());
                    trying.sent();
                    trying.answered(200, null);
                    return new Reply.Streamed(
                            200,
                            Headers.of("content-type", "text/event-stream"),
                            -1,
                            new BreakingSource(text.getBytes(UTF_8), beforeBreaking));
                };
        Chain chain =
                Chain.of(
                        List.of(
                                new RecordCall(writer, recorded),
                                new MeasureAnswer(CAPTURE, DrainBounds.CANCEL, false)),
                        upstream);
        return ((Reply.Streamed) chain.proceed(call)).source();
    }

    /** Gives its bytes at once, then breaks off. */
    private static final class BreakingSource implements Source {
        private final byte[] bytes;
        private final Runnable beforeBreaking;
        private boolean given;

        BreakingSource(byte[] bytes, Runnable beforeBreaking) {
            this.bytes = bytes;
            this.beforeBreaking = beforeBreaking;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws UpstreamFailure {
            if (given) {
                beforeBreaking.run();
                throw new UpstreamFailure.Broken("the connection was closed", null);
            }
            given = true;
            System.arraycopy(bytes, 0, into, offset, bytes.length);
            return bytes.length;
        }

        @Override
        public boolean complete() {
            return false;
        }

        @Override
        public void close(Outcome why) {
            given = true;
        }
    }

    private static final class RecordedCalls implements RecordSink {
        private final List<CallRecord> closed = new ArrayList<>();

        @Override
        public void opened(CallRecord record) {
            throw new AssertionError("nothing opens here");
        }

        @Override
        public void closed(CallRecord record) {
            closed.add(record);
        }
    }

    private static final class NoTokens implements TokenCount {
        @Override
        public long count(String model, String text) {
            return 1;
        }

        @Override
        public long countPrompt(String model, PromptText prompt) {
            return 1;
        }
    }

    private static final class NoUpstream implements Upstream {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public String provider() {
            return "none";
        }

        @Override
        public Reply send(Call asked, AttemptTrace trying) {
            throw new AssertionError("nothing is sent here");
        }
    }
}
