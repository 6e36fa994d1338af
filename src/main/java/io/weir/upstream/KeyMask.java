package io.weir.upstream;

import io.weir.call.Reply;
import io.weir.wire.BytePattern;
import io.weir.wire.ContentCoding;
import io.weir.wire.Headers;
import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hides the provider's key where an upstream repeats it: the client it is sent to, and whoever
 * reads the record, must not learn it. A star a byte, so that nothing moves. Immutable.
 */
final class KeyMask {
    private final String key;
    private final BytePattern pattern;

    private KeyMask(String key) {
        this.key = key;
        this.pattern = new BytePattern(key.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The mask of a key. */
    static KeyMask of(Secret key) {
        return new KeyMask(key.reveal());
    }

    /** What it searches for. */
    BytePattern pattern() {
        return pattern;
    }

    /** Masks the key wherever it stands, in place; false where it does not. */
    boolean hide(byte[] text, int start, int end) {
        int at = pattern.find(text, start, end);
        boolean found = at >= 0;
        while (at >= 0) {
            Arrays.fill(text, at, at + pattern.length(), (byte) '*');
            at = pattern.find(text, at + pattern.length(), end);
        }
        return found;
    }

    /** The fields, with the key masked in their values. */
    Headers hide(Headers headers) {
        String[] flat = new String[2 * headers.size()];
        for (int i = 0; i < headers.size(); i++) {
            flat[2 * i] = headers.name(i);
            flat[2 * i + 1] = headers.value(i).replace(key, "*".repeat(key.length()));
        }
        return Headers.of(flat);
    }

    /**
     * The answer without the key. A compressed one that holds it is sent on plain; one in a coding
     * that cannot be undone is sent on as it is.
     */
    Reply.Whole hide(Reply.Whole answer) {
        Headers headers = hide(answer.headers());
        byte[] body = answer.body();
        byte[] plain = ContentCoding.decode(headers, body, body.length);
        return hide(plain, 0, plain.length)
                ? new Reply.Whole(answer.status(), plain(headers), plain)
                : new Reply.Whole(answer.status(), headers, body);
    }

    private static Headers plain(Headers headers) {
        return headers.without(name ->
                name.equalsIgnoreCase("content-encoding")
                        || name.equalsIgnoreCase("content-length"));
    }
}
