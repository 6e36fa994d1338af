package io.weir.wire;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into its server-sent events, however the bytes arrive: cut inside a
 * character, between CR and LF, in the middle of a field's name. Lines end in LF, CRLF or CR.
 * Events that arrive in one piece are found in place; only what is left of a piece is copied.
 * Mutable; belongs to the thread that feeds it.
 *
 * <p>The events do not depend on the cuts. So where a blank line's CR may be followed by its LF,
 * the next byte decides, unless the line before ended in a CR alone.
 */
public final class SseSplitter {
    /** Events larger than this pass unread unless another bound is given. */
    public static final int DEFAULT_MAX_EVENT_BYTES = 4 << 20;

    private static final int KEPT_BUFFER_BYTES = 16 << 10;
    private static final byte[] NONE = new byte[0];

    private final int maxEventBytes;
    private final SseFrame frame = new SseFrame();

    /** The beginning of an event that has not ended: the first {@link #held} bytes. */
    private byte[] rest = NONE;

    private int held;

    /** Where scanning goes on, and where the current line began: offsets from the event's start. */
    private int scanned;

    private int lineStart;
    private boolean afterCr;
    private boolean blankLine;
    private boolean bareCr;
    private boolean oversized;
    private boolean first = true;

    /** A splitter with the default bound. */
    public SseSplitter() {
        this(DEFAULT_MAX_EVENT_BYTES);
    }

    /** A splitter that reads events of at most that many bytes. */
    public SseSplitter(int maxEventBytes) {
        if (maxEventBytes < 1) {
            throw new IllegalArgumentException(
                    "an event has at least 1 byte, the bound is " + maxEventBytes);
        }
        this.maxEventBytes = maxEventBytes;
    }

    /** Takes the next bytes of the stream; the sink is called for each event they complete. */
    public void feed(byte[] bytes, int offset, int length, SseSink sink) {
        if (held == 0) {
            int left = split(bytes, offset, offset + length, sink);
            hold(bytes, left, offset + length, sink);
            return;
        }
        append(bytes, offset, length);
        byte[] buffer = rest;
        int end = held;
        held = 0;
        int left = split(buffer, 0, end, sink);
        if (left == 0 && end <= maxEventBytes) {
            held = end;
        } else {
            hold(buffer, left, end, sink);
        }
    }

    /**
     * Ends the stream.
     *
     * @return whether it ended inside an event, which a sink was then given as incomplete
     */
    public boolean finish(SseSink sink) {
        boolean inside = held > 0;
        if (inside && blankLine) {
            inside = false;
            emit(rest, 0, held, sink);
        } else if (inside) {
            frame.set(rest, 0, held, first);
            sink.incomplete(frame);
        }
        boolean cut = inside || (oversized && !blankLine);
        rest = NONE;
        held = 0;
        restart();
        return cut;
    }

    /** Calls the sink for every event that ends; returns where the one that does not begins. */
    private int split(byte[] bytes, int start, int end, SseSink sink) {
        int begin = start;
        int at = start + scanned;
        while (at < end) {
            if (afterCr) {
                afterCr = false;
                bareCr = bytes[at] != '\n';
                at += bareCr ? 0 : 1;
                lineStart = at - begin;
                if (blankLine) {
                    emit(bytes, begin, at, sink);
                    begin = at;
                }
                continue;
            }
            at = ByteSearch.lineEnd(bytes, at, end);
            if (at == end) {
                break;
            }
            blankLine = at - begin == lineStart;
            afterCr = bytes[at] == '\r';
            bareCr &= afterCr;
            at++;
            lineStart = at - begin;
            if (blankLine && (!afterCr || bareCr)) {
                emit(bytes, begin, at, sink);
                begin = at;
            }
        }
        scanned = end - begin;
        return begin;
    }

    private void emit(byte[] bytes, int start, int end, SseSink sink) {
        if (oversized || end - start > maxEventBytes) {
            pass(bytes, start, end, sink);
        } else {
            frame.set(bytes, start, end, first);
            sink.event(frame);
        }
        restart();
        first = false;
    }

    private void restart() {
        lineStart = 0;
        scanned = 0;
        blankLine = false;
        oversized = false;
    }

    /** Keeps the beginning of an event for the next piece, or lets it go where it is too large. */
    private void hold(byte[] bytes, int start, int end, SseSink sink) {
        int length = end - start;
        if (oversized || length > maxEventBytes) {
            pass(bytes, start, end, sink);
            oversized = true;
            // A line that began in bytes let go is not blank, however many there were.
            lineStart = Math.max(lineStart - length, -1);
            scanned = 0;
            rest = NONE;
            return;
        }
        if (length == 0 && rest.length > KEPT_BUFFER_BYTES) {
            rest = NONE;
        }
        if (rest.length < length) {
            rest = new byte[Math.max(length, Math.min(2 * length, 4_096))];
        }
        System.arraycopy(bytes, start, rest, 0, length);
        held = length;
    }

    private static void pass(byte[] bytes, int start, int end, SseSink sink) {
        if (start < end) {
            sink.oversized(bytes, start, end);
        }
    }

    private void append(byte[] bytes, int offset, int length) {
        if (rest.length - held < length) {
            rest = Arrays.copyOf(rest, Math.max(held + length, 2 * rest.length));
        }
        System.arraycopy(bytes, offset, rest, held, length);
        held += length;
    }
}
