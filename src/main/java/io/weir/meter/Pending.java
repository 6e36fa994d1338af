package io.weir.meter;

import java.util.Arrays;

/**
 * Bytes on their way to the client: what was read of an answer and not yet taken. Owned by the
 * relaying thread.
 */
final class Pending {
    private static final byte[] NONE = new byte[0];

    private byte[] bytes = NONE;
    private int start;
    private int end;

    boolean isEmpty() {
        return start == end;
    }

    void add(byte[] from, int offset, int length) {
        if (isEmpty()) {
            start = 0;
            end = 0;
        }
        if (bytes.length - end < length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + length, 2 * bytes.length));
        }
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
    }

    int take(byte[] into, int offset, int length) {
        int taken = Math.min(length, end - start);
        System.arraycopy(bytes, start, into, offset, taken);
        start += taken;
        return taken;
    }
}
