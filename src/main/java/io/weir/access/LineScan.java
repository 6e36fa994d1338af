package io.weir.access;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The complete lines of a file one after the other, in a buffer that they share: a start looks at
 * every line there is, and copies none.
 */
final class LineScan {
    private static final int BLOCK = 1 << 18;

    private final MemorySegment file;
    private byte[] text = new byte[BLOCK];
    private long begin;
    private int filled;
    private int from;
    private int until = -1;

    LineScan(MemorySegment file) {
        this.file = file;
    }

    /** Goes on to the next line; false behind the last. */
    boolean next() {
        from = until + 1;
        until = newline(from);
        while (until < 0 && begin + filled < file.byteSize()) {
            fill();
            until = newline(0);
        }
        return until >= 0;
    }

    /** What the line stands in, until the next is asked for. */
    byte[] text() {
        return text;
    }

    /** Where in that the line begins. */
    int from() {
        return from;
    }

    /** How many bytes it has, without its end. */
    int length() {
        return until - from;
    }

    /** Where the line begins in the file; behind the last, how many bytes all had. */
    long position() {
        return begin + from;
    }

    /** The file. */
    MemorySegment file() {
        return file;
    }

    /** Begins the buffer with the line that did not end in it. */
    private void fill() {
        if (from == 0 && filled == text.length) {
            text = new byte[2 * text.length];
        }
        begin += from;
        from = 0;
        filled = (int) Math.min(text.length, file.byteSize() - begin);
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, begin, text, 0, filled);
    }

    private int newline(int start) {
        for (int i = start; i < filled; i++) {
            if (text[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
