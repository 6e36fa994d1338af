package io.weir.wire;

/** Whether bytes are UTF-8 (RFC 3629). */
final class Utf8 {
    private Utf8() {}

    /** Whether they begin like UTF-16 or UTF-32, which some parsers would take. */
    static boolean looksWider(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean mark = (first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe);
        return mark || first == 0 || second == 0;
    }

    /** Whether they are UTF-8 to the end: nothing overlong, no surrogates, nothing cut. */
    static boolean valid(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            at = ByteSearch.beyondAscii(bytes, at);
            if (at == bytes.length) {
                return true;
            }
            int length = sequence(bytes, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** The length of the sequence at {@code at}, two to four bytes; 0 where it is none. */
    private static int sequence(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        for (int i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xff;
        boolean wrong =
                switch (first) {
                    case 0xe0 -> second < 0xa0;
                    case 0xed -> second > 0x9f;
                    case 0xf0 -> second < 0x90;
                    case 0xf4 -> second > 0x8f;
                    default -> false;
                };
        return wrong ? 0 : length;
    }
}
