package io.weir.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Undoes an answer's {@code content-encoding} in a copy that is read; what the client gets stays as
 * it came.
 */
public final class ContentCoding {
    /** A compressed answer that grows beyond this is not read: a bomb, or not worth its memory. */
    private static final int MAX_PLAIN_BYTES = 64 << 20;

    private static final byte[] NOTHING = new byte[0];

    private ContentCoding() {}

    /**
     * The body without its coding: itself where it has none, nothing where it cannot be undone.
     *
     * @param length of the body, from the begin of {@code body}
     */
    public static byte[] decode(Headers headers, byte[] body, int length) {
        String coding = headers.first("content-encoding").orElse("identity");
        if (coding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (!coding.equalsIgnoreCase("gzip")) {
            return NOTHING;
        }
        try (GZIPInputStream plain =
                new GZIPInputStream(
                        new ByteArrayInputStream(body, 0, Math.min(length, body.length)))) {
            byte[] read = plain.readNBytes(MAX_PLAIN_BYTES);
            return plain.read() < 0 ? read : NOTHING;
        } catch (IOException e) {
            return NOTHING;
        }
    }
}
