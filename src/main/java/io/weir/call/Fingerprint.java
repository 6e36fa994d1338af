package io.weir.call;

import java.util.HexFormat;
import java.util.List;

/**
 * By what equal requests, and requests that begin alike, are known without their text: hashes under
 * a key of the installation's own, of which nobody can tell the text, nor try one, without that
 * key.
 *
 * @param request of all that may change the answer
 * @param beginnings of the first {@link #bytes(int) so many} bytes of the prompt each; empty where
 *     it is shorter
 */
public record Fingerprint(long request, List<Long> beginnings) {
    /** A quarter of it, 1,024 tokens, is the least that providers keep of a prompt's beginning. */
    private static final int FIRST_BYTES = 4_096;

    /** The last one is of 3 MB. */
    public static final int MOST_BEGINNINGS = 20;

    public Fingerprint {
        beginnings = List.copyOf(beginnings);
    }

    /** How long a beginning is, 0 being the first: 4 KB, 6 KB, 8 KB, 12 KB, 16 KB, and so on. */
    public static long bytes(int beginning) {
        return ((long) FIRST_BYTES << (beginning / 2)) / 2 * (2 + beginning % 2);
    }

    /** One of them as 16 hexadecimal digits, as people and JSON have it. */
    public static String text(long hash) {
        return HexFormat.of().toHexDigits(hash);
    }

    /**
     * The hash of that text.
     *
     * @throws IllegalArgumentException where it is not 16 hexadecimal digits
     */
    public static long of(String text) {
        if (text.length() != 2 * Long.BYTES) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no fingerprint: those are 16 hexadecimal digits");
        }
        return HexFormat.fromHexDigitsToLong(text);
    }
}
