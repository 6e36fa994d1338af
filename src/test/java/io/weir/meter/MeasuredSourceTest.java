package io.weir.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallTrace;
import io.weir.call.Outcome;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;
import io.weir.wire.Endpoint.Dialect;
import io.weir.wire.Headers;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is kept of the content of an answer, and of its pace. */
class MeasuredSourceTest {
    private static final String FIRST = "data: {\"choices\":[{\"delta\":{\"content\":\"é\"}}]}\n\n";
    private static final String SECOND =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n";
    private static final String LAST = "data: [DONE]\n\n";

    private final AtomicLong nanos = new AtomicLong();
    private final CallTrace trace = new CallTrace(nanos::get, Instant.EPOCH);

    @Test
    void aStreamKeepsWhenEachOfItsPiecesWasRelayed() throws UpstreamFailure {
        relay(new EventWatch(Dialect.CHAT, false), 1_000, FIRST, SECOND, LAST);

        assertThat(trace.capturedAnswer()).isEqualTo(FIRST + SECOND + LAST);
        assertThat(trace.capturedPace())
                .isEqualTo(
                        "20000+%d 20000+%d 20000+%d"
                                .formatted(bytes(FIRST), bytes(SECOND), bytes(LAST)));
    }

    @Test
    void whatTheClientDoesNotSeeIsNoPartOfThePace() throws UpstreamFailure {
        relay(new EventWatch(Dialect.CHAT, true), 1_000, FIRST, SECOND, LAST);

        assertThat(trace.capturedAnswer()).isEqualTo(FIRST + LAST);
        assertThat(trace.capturedPace())
                .isEqualTo("20000+%d 40000+%d".formatted(bytes(FIRST), bytes(LAST)));
    }

    @Test
    void thePaceEndsWithTheTextThatIsKept() throws UpstreamFailure {
        relay(new EventWatch(Dialect.CHAT, false), bytes(FIRST) + 5, FIRST, SECOND, LAST);

        assertThat(trace.capturedAnswer()).isEqualTo(FIRST + SECOND.substring(0, 5));
        assertThat(trace.capturedPace()).isEqualTo("20000+%d 20000+5".formatted(bytes(FIRST)));
    }

    @Test
    void withoutContentThereIsNoPace() throws UpstreamFailure {
        relay(new EventWatch(Dialect.CHAT, false), 0, FIRST, LAST);

        assertThat(trace.capturedAnswer()).isNull();
        assertThat(trace.capturedPace()).isEmpty();
    }

    @Test
    void anAnswerThatDoesNotComeInEventsHasNoPace() throws UpstreamFailure {
        relay(new JsonWatch(Dialect.CHAT, Headers.NONE), 1_000, "{\"choices\":", "[]}");

        assertThat(trace.capturedAnswer()).isEqualTo("{\"choices\":[]}");
        assertThat(trace.capturedPace()).isEmpty();
    }

    private void relay(AnswerWatch watch, int captureBytes, String... pieces)
            throws UpstreamFailure {
        MeasuredSource source =
                new MeasuredSource(
                        new SlowSource(pieces), watch, trace, DrainBounds.CANCEL, captureBytes);
        byte[] piece = new byte[512];
        while (!source.complete() && source.read(piece, 0, piece.length) >= 0) {
            assertThat(nanos.get()).isPositive();
        }
        source.close(new Outcome.Completed());
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    /** Gives a piece every twenty milliseconds. */
    private final class SlowSource implements Source {
        private final Queue<String> pieces;

        SlowSource(String... pieces) {
            this.pieces = new ArrayDeque<>(List.of(pieces));
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            String next = pieces.poll();
            if (next == null) {
                return -1;
            }
            nanos.addAndGet(20_000_000);
            byte[] bytes = next.getBytes(UTF_8);
            System.arraycopy(bytes, 0, into, offset, bytes.length);
            return bytes.length;
        }

        @Override
        public boolean complete() {
            return false;
        }

        @Override
        public void close(Outcome why) {
            pieces.clear();
        }
    }
}
