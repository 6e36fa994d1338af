package io.weir.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes JSON texts from a seed, with odd spacing, escapes and numbers, and spoils them. No escaped
 * surrogates: spoilt ones are where parsers differ.
 */
final class RandomJson {
    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t\r\n ");
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "model",
                    "\\n",
                    "\\\"",
                    "\\\\",
                    "\\u0041",
                    "é",
                    "日本",
                    "🌍",
                    "0123456789",
                    "{",
                    "]",
                    ":",
                    ",",
                    " ",
                    "\\/");
    private static final List<String> LITERALS =
            List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-0",
                    "7",
                    "12.5",
                    "5.0",
                    "1e3",
                    "-2E-2",
                    "1E+2",
                    "123456789012345678901234567890",
                    "[]",
                    "{}",
                    "\"\"");
    private final Random random;
    private final List<String> names;

    RandomJson(Random random, List<String> names) {
        this.random = random;
        this.names = names;
    }

    String value(int depth) {
        return switch (depth == 0 ? 2 + random.nextInt(2) : random.nextInt(4)) {
            case 0 -> list('{', '}', depth);
            case 1 -> list('[', ']', depth);
            case 2 -> string();
            default -> pick(LITERALS);
        };
    }

    String object(int depth) {
        return list('{', '}', depth);
    }

    String string() {
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pick(PIECES));
        }
        return text.append('"').toString();
    }

    String space() {
        return pick(SPACES);
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The bytes with a few of them changed, lost or doubled. */
    byte[] spoilt(byte[] bytes) {
        byte[] spoilt = bytes.clone();
        for (int i = random.nextInt(3); i >= 0 && spoilt.length > 0; i--) {
            int at = random.nextInt(spoilt.length);
            switch (random.nextInt(3)) {
                case 0 -> spoilt[at] = (byte) "{}[],:\"\\0 en\n".charAt(random.nextInt(13));
                case 1 -> spoilt = new Splice(at, at + 1, "").applyTo(spoilt);
                default -> spoilt = Arrays.copyOf(spoilt, at);
            }
        }
        return spoilt;
    }

    private String list(char open, char close, int depth) {
        StringBuilder text = new StringBuilder().append(open).append(space());
        int members = random.nextInt(5);
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : "," + space());
            if (open == '{') {
                String name = random.nextInt(3) == 0 ? string() : '"' + pick(names) + '"';
                text.append(name).append(space()).append(':').append(space());
            }
            text.append(value(depth - 1)).append(space());
        }
        return text.append(close).toString();
    }
}
