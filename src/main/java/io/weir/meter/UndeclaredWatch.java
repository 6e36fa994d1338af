package io.weir.meter;

import io.weir.wire.AnswerFacts;
import io.weir.wire.Endpoint.Dialect;
import io.weir.wire.Headers;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Reads an answer that does not say what it is, although a stream was asked for: events, unless its
 * first character is one that JSON begins with.
 */
final class UndeclaredWatch implements AnswerWatch {
    private static final int MAX_SPACE_BYTES = 4_096;

    private final Dialect dialect;
    private final boolean hideUsage;
    private final ByteArrayOutputStream space = new ByteArrayOutputStream(0);
    private AnswerWatch watch;
    private boolean known;

    UndeclaredWatch(Dialect dialect, boolean hideUsage) {
        this.dialect = dialect;
        this.hideUsage = hideUsage;
        this.watch = new JsonWatch(dialect, Headers.NONE);
    }

    @Override
    public boolean edits() {
        return hideUsage;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Pending client) {
        int at = offset;
        while (!known && at < offset + length) {
            byte next = bytes[at++];
            if (next > ' ' || next < 0 || space.size() == MAX_SPACE_BYTES) {
                choose(next, client);
            } else {
                space.write(next);
            }
        }
        if (known) {
            int rest = Math.max(offset, at - 1);
            pass(bytes, rest, offset + length - rest, client);
        }
    }

    private void choose(byte first, Pending client) {
        known = true;
        if (first != '{' && first != '[') {
            watch = new EventWatch(dialect, hideUsage);
        }
        pass(space.toByteArray(), 0, space.size(), client);
    }

    private void pass(byte[] bytes, int offset, int length, Pending client) {
        watch.feed(bytes, offset, length, client);
        if (hideUsage && !watch.edits()) {
            client.add(bytes, offset, length);
        }
    }

    @Override
    public void finish(Pending client) {
        if (!known) {
            pass(space.toByteArray(), 0, space.size(), client);
        }
        watch.finish(client);
    }

    @Override
    public boolean ended() {
        return watch.ended();
    }

    /** Without an event it was no stream, and has no mark to end with. */
    @Override
    public boolean whole() {
        return watch.events() == 0 || watch.whole();
    }

    @Override
    public boolean begun() {
        return watch.begun();
    }

    @Override
    public long events() {
        return watch.events();
    }

    @Override
    public AnswerFacts facts() {
        return watch.facts();
    }

    @Override
    public List<String> texts() {
        return watch.texts();
    }
}
