package io.weir.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps everything that a splitter finds. */
final class RecordingSink implements SseSink {
    final List<SseEvent> events = new ArrayList<>();
    final List<Integer> ends = new ArrayList<>();
    final ByteArrayOutputStream relayed = new ByteArrayOutputStream();
    final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    int incomplete;

    /** What a splitter with that bound finds in a stream that is cut at these places. */
    static RecordingSink of(byte[] stream, int maxEventBytes, int... cuts) {
        RecordingSink sink = new RecordingSink();
        SseSplitter splitter = new SseSplitter(maxEventBytes);
        int start = 0;
        for (int cut : cuts) {
            byte[] piece = Arrays.copyOfRange(stream, start, cut);
            splitter.feed(piece, 0, piece.length, sink);
            start = cut;
        }
        splitter.feed(stream, start, stream.length - start, sink);
        if (splitter.finish(sink) != sink.incomplete > 0 && sink.passed.size() == 0) {
            throw new AssertionError("finish() tells something else than the sink was told");
        }
        return sink;
    }

    @Override
    public void event(SseFrame frame) {
        relay(frame.buffer(), frame.start(), frame.end());
        ends.add(relayed.size());
        if (frame.hasData()) {
            events.add(frame.event());
        }
    }

    @Override
    public void oversized(byte[] buffer, int start, int end) {
        relay(buffer, start, end);
        passed.write(buffer, start, end - start);
    }

    @Override
    public void incomplete(SseFrame frame) {
        relay(frame.buffer(), frame.start(), frame.end());
        incomplete++;
    }

    private void relay(byte[] buffer, int start, int end) {
        relayed.write(buffer, start, end - start);
    }
}
