package io.weir.wire;

import java.util.Arrays;

/**
 * A run of bytes that is searched for, by Horspool's method: it looks at one byte in as many as the
 * run is long. Immutable.
 */
public final class BytePattern {
    private final byte[] pattern;
    private final int[] skips = new int[256];

    /** Of at least one byte. */
    public BytePattern(byte[] pattern) {
        if (pattern.length == 0) {
            throw new IllegalArgumentException("a pattern is empty");
        }
        this.pattern = pattern.clone();
        Arrays.fill(skips, pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            skips[pattern[i] & 0xff] = pattern.length - 1 - i;
        }
    }

    /** Its length in bytes. */
    public int length() {
        return pattern.length;
    }

    /** Where it stands first between {@code start} and {@code end}; -1 where it does not. */
    public int find(byte[] text, int start, int end) {
        int last = pattern.length - 1;
        for (int at = start; at + last < end; at += skips[text[at + last] & 0xff]) {
            if (Arrays.equals(text, at, at + pattern.length, pattern, 0, pattern.length)) {
                return at;
            }
        }
        return -1;
    }

    /** How many of its bytes, but not all, stand at the end: what comes next may complete it. */
    public int begunAtEnd(byte[] text, int start, int end) {
        if (start == end || skips[text[end - 1] & 0xff] == pattern.length) {
            return 0;
        }
        int begun = Math.min(pattern.length - 1, end - start);
        while (!Arrays.equals(text, end - begun, end, pattern, 0, begun)) {
            begun--;
        }
        return begun;
    }

    /** Writes its first bytes there. */
    public void copyBegin(int count, byte[] into, int offset) {
        System.arraycopy(pattern, 0, into, offset, count);
    }
}
