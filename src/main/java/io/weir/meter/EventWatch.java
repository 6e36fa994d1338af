package io.weir.meter;

import io.weir.wire.AnswerFacts;
import io.weir.wire.Endpoint.Dialect;
import io.weir.wire.EventFacts;
import io.weir.wire.SseFrame;
import io.weir.wire.SseSink;
import io.weir.wire.SseSplitter;
import io.weir.wire.StreamFacts;
import java.util.List;

/**
 * Reads a stream of server-sent events. Bytes pass at once and untouched, whatever their cuts,
 * unless Weir has asked for usage on the client's behalf: then each event passes when it is
 * complete, without the usage that was not asked for, so that the client sees the bytes it would
 * have seen without Weir's question.
 */
final class EventWatch implements AnswerWatch, SseSink {
    private final Dialect dialect;
    private final boolean hideUsage;
    private final SseSplitter splitter = new SseSplitter();
    private final StreamFacts facts;
    private Pending client = new Pending();

    EventWatch(Dialect dialect, boolean hideUsage) {
        this.dialect = dialect;
        this.hideUsage = hideUsage;
        this.facts = new StreamFacts(dialect);
    }

    @Override
    public boolean edits() {
        return hideUsage;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Pending out) {
        client = out;
        splitter.feed(bytes, offset, length, this);
    }

    @Override
    public void finish(Pending out) {
        client = out;
        splitter.finish(this);
    }

    @Override
    public void event(SseFrame frame) {
        EventFacts said = facts.read(frame);
        if (!hideUsage || said.usageOnly()) {
            return;
        }
        if (said.hasCut()) {
            client.add(frame.buffer(), frame.start(), said.cutStart() - frame.start());
            client.add(frame.buffer(), said.cutEnd(), frame.end() - said.cutEnd());
        } else {
            client.add(frame.buffer(), frame.start(), frame.end() - frame.start());
        }
    }

    @Override
    public void oversized(byte[] buffer, int start, int end) {
        pass(buffer, start, end);
    }

    @Override
    public void incomplete(SseFrame frame) {
        facts.read(frame);
        pass(frame.buffer(), frame.start(), frame.end());
    }

    @Override
    public boolean ended() {
        return facts.ended();
    }

    /**
     * A chat that ends without its mark, but after its finish reason, is whole: not every provider
     * sends the mark.
     */
    @Override
    public boolean whole() {
        boolean marked =
                dialect == Dialect.CHAT
                        || dialect == Dialect.COMPLETIONS
                        || dialect == Dialect.RESPONSES;
        return !marked || facts.ended() || !facts.facts().finishReasons().isEmpty();
    }

    @Override
    public boolean begun() {
        return facts.contentSeen();
    }

    @Override
    public long events() {
        return facts.chunks();
    }

    @Override
    public AnswerFacts facts() {
        return facts.facts();
    }

    @Override
    public List<String> texts() {
        return facts.texts();
    }

    private void pass(byte[] buffer, int start, int end) {
        if (hideUsage) {
            client.add(buffer, start, end - start);
        }
    }
}
