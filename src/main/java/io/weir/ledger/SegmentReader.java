package io.weir.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment from its begin. Bytes that are no intact entry are passed over up to the next one
 * that is and has a number it could have there: damage costs what it hit and nothing beyond.
 * Belongs to one thread.
 */
final class SegmentReader implements Closeable {
    private static final int WINDOW_BYTES = 64 << 10;

    private final RandomAccessFile file;
    private final KnownPayloads known;
    private byte[] bytes = new byte[WINDOW_BYTES];
    private ByteBuffer window = ByteBuffer.wrap(bytes).limit(0);
    private long windowAt;
    private long at = SegmentHeader.BYTES;
    private long goodEnd = SegmentHeader.BYTES;
    private long expected;

    /** Copies every payload but those that are known. */
    SegmentReader(Segment segment, KnownPayloads known) throws IOException {
        segment.header();
        file = new RandomAccessFile(segment.path().toFile(), "r");
        this.known = known;
        expected = segment.first();
    }

    /** The next intact entry that ends at {@code limit} or before; null where there is none. */
    @Nullable Entry next(long limit) throws IOException {
        for (; at + Frame.HEADER_BYTES <= limit; at++) {
            int frameBytes = intactBytes(limit);
            if (frameBytes > 0) {
                return take(frameBytes);
            }
        }
        at = Math.max(at, limit);
        return null;
    }

    /** The offset up to which everything has been read or passed over. */
    long at() {
        return at;
    }

    /** The offset after the last intact entry. */
    long goodEnd() {
        return goodEnd;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private Entry take(int frameBytes) {
        Entry entry = Frame.entry(window, (int) (at - windowAt), frameBytes, known);
        at += frameBytes;
        goodEnd = at;
        expected = entry.sequence() + 1;
        return entry;
    }

    /** The length of the intact frame here, or -1. */
    private int intactBytes(long limit) throws IOException {
        int start = show(Frame.HEADER_BYTES, limit);
        int frameBytes = Frame.bytes(window, start);
        if (frameBytes < 0 || at + frameBytes > limit || !plausible(start, limit)) {
            return -1;
        }
        start = show(frameBytes, limit);
        return Frame.intact(window, start, frameBytes) ? frameBytes : -1;
    }

    /** Whether the number is a later one, and as many as would be missing fit into a segment. */
    private boolean plausible(int start, long limit) {
        long missing = Frame.sequence(window, start) - expected;
        return missing >= 0 && missing <= limit / Frame.HEADER_BYTES;
    }

    /** Makes the window cover the next bytes; where they begin in it. */
    private int show(int needed, long limit) throws IOException {
        if (at < windowAt || at + needed > windowAt + window.limit()) {
            fill(needed, limit);
        }
        return (int) (at - windowAt);
    }

    /** What a file cut short under us lacks reads as zeros, which are no entry. */
    private void fill(int needed, long limit) throws IOException {
        int capacity = Math.max(needed, WINDOW_BYTES);
        if (bytes.length != capacity) {
            bytes = new byte[capacity];
            window = ByteBuffer.wrap(bytes);
        }
        int wanted = (int) Math.min(capacity, limit - at);
        file.seek(at);
        int filled = 0;
        int read = 0;
        while (filled < wanted && read >= 0) {
            read = file.read(bytes, filled, wanted - filled);
            filled += Math.max(0, read);
        }
        Arrays.fill(bytes, filled, wanted, (byte) 0);
        window.limit(wanted);
        windowAt = at;
    }
}
