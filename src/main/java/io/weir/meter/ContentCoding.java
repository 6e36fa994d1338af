package io.weir.meter;

import io.weir.wire.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Undoes an answer's {@code content-encoding} in the copy that is read; what the client gets stays
 * as it came.
 */
final class ContentCoding {
    /** A compressed answer that grows beyond this is not read: a bomb, or not worth its memory. */
    private static final int MAX_PLAIN_BYTES = 64 << 20;

    private static final byte[] NOTHING = new byte[0];

    private ContentCoding() {}

    static byte[] decode(Headers headers, byte[] body, int length) {
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
