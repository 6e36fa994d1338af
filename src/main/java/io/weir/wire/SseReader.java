package io.weir.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Reads events one after the other from a stream of bytes, for clients. Belongs to one thread. */
public final class SseReader {
    private static final int PIECE_BYTES = 8_192;

    private final InputStream in;
    private final SseSplitter splitter = new SseSplitter();
    private final Queue<SseEvent> events = new ArrayDeque<>();
    private final SseSink sink = new Collecting();
    private final byte[] piece = new byte[PIECE_BYTES];
    private boolean ended;
    private boolean cut;

    /** Reads from that stream, which stays its opener's to close. */
    public SseReader(InputStream in) {
        this.in = in;
    }

    /** The next event that has data, waiting for it if need be; empty when the stream has ended. */
    public Optional<SseEvent> next() throws IOException {
        while (events.isEmpty() && !ended) {
            int length = in.read(piece);
            if (length < 0) {
                ended = true;
                cut = splitter.finish(sink);
            } else {
                splitter.feed(piece, 0, length, sink);
            }
        }
        return Optional.ofNullable(events.poll());
    }

    /** Whether the stream ended inside an event, which is then not among those told. */
    public boolean cut() {
        return cut;
    }

    private final class Collecting implements SseSink {
        @Override
        public void event(SseFrame frame) {
            if (frame.hasData()) {
                events.add(frame.event());
            }
        }

        @Override
        public void oversized(byte[] buffer, int start, int end) {}

        @Override
        public void incomplete(SseFrame frame) {}
    }
}
