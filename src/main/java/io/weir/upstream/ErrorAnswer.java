package io.weir.upstream;

import io.weir.call.Reply;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;
import io.weir.wire.Headers;
import java.io.ByteArrayOutputStream;

/**
 * The answer of an upstream that was sent a key and did not succeed, without that key. It is held
 * back to be searched as a whole; a longer one, or one that comes in events, is searched while it
 * passes.
 */
final class ErrorAnswer {
    private static final int HELD_BYTES = 65_536;

    /** A compressed answer can be searched as a whole only; no error is as long as this. */
    private static final int HELD_PACKED_BYTES = 4 << 20;

    private static final int PIECE_BYTES = 8_192;

    private ErrorAnswer() {}

    /**
     * The answer without the key.
     *
     * @param answer as it came
     */
    static Reply of(Reply.Streamed answer, KeyMask mask) throws UpstreamFailure {
        Headers headers = answer.headers();
        boolean packed = headers.has("content-encoding");
        int most = packed ? HELD_PACKED_BYTES : HELD_BYTES;
        boolean passes = (headers.isEventStream() && !packed) || answer.length() > most;
        ByteArrayOutputStream begin = new ByteArrayOutputStream(0);
        if (!passes && reads(answer.source(), most, begin)) {
            return mask.hide(new Reply.Whole(answer.status(), headers, begin.toByteArray()));
        }
        Source source = new ResumedSource(begin.toByteArray(), answer.source());
        return new Reply.Streamed(
                answer.status(),
                mask.hide(headers),
                answer.length(),
                packed ? source : new MaskedSource(source, mask));
    }

    /** Reads until there is no more, or more than {@code most}; whether it came to the end. */
    private static boolean reads(Source source, int most, ByteArrayOutputStream into)
            throws UpstreamFailure {
        byte[] piece = new byte[PIECE_BYTES];
        int read = source.read(piece, 0, piece.length);
        while (read >= 0) {
            into.write(piece, 0, read);
            if (source.complete()) {
                return true;
            }
            if (into.size() > most) {
                return false;
            }
            read = source.read(piece, 0, piece.length);
        }
        return true;
    }
}
