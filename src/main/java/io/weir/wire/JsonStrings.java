package io.weir.wire;

import java.nio.charset.StandardCharsets;

/** Escapes in JSON strings. */
final class JsonStrings {
    private JsonStrings() {}

    /** The text between two quotes, escapes undone; they have been checked before. */
    static String unescaped(byte[] text, int start, int end) {
        StringBuilder plain = new StringBuilder(end - start);
        int at = start;
        while (at < end) {
            int escape = at;
            while (escape < end && text[escape] != '\\') {
                escape++;
            }
            plain.append(new String(text, at, escape - at, StandardCharsets.UTF_8));
            if (escape == end) {
                break;
            }
            plain.append(escaped(text, escape + 1));
            at = escape + (text[escape + 1] == 'u' ? 6 : 2);
        }
        return plain.toString();
    }

    /** The length of the escape whose backslash is at {@code at}. */
    static int escapeLength(byte[] text, int at, int end) {
        if (at + 1 >= end) {
            throw new MalformedJson("ends inside a string", at);
        }
        return switch (text[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> unicodeLength(text, at, end);
            default -> throw new MalformedJson("has an unknown escape", at);
        };
    }

    private static int unicodeLength(byte[] text, int at, int end) {
        for (int i = at + 2; i < at + 6; i++) {
            if (i >= end || Character.digit(text[i], 16) < 0) {
                throw new MalformedJson("has a \\u without four hexadecimal digits", at);
            }
        }
        return 6;
    }

    private static char escaped(byte[] text, int at) {
        return switch (text[at]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode(text, at + 1);
            default -> (char) text[at];
        };
    }

    private static char unicode(byte[] text, int at) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            code = code * 16 + Character.digit(text[i], 16);
        }
        return (char) code;
    }
}
