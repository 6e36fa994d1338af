package io.weir.wire;

import java.nio.charset.StandardCharsets;

/** One change to some bytes: those from {@code start} to before {@code end} become {@code text}. */
record Splice(int start, int end, String text) {
    byte[] applyTo(byte[] bytes) {
        byte[] middle = text.getBytes(StandardCharsets.UTF_8);
        byte[] spliced = new byte[bytes.length - (end - start) + middle.length];
        System.arraycopy(bytes, 0, spliced, 0, start);
        System.arraycopy(middle, 0, spliced, start, middle.length);
        System.arraycopy(bytes, end, spliced, start + middle.length, bytes.length - end);
        return spliced;
    }
}
