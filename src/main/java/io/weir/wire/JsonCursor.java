package io.weir.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON where it lies: forward only, no tokens, no tree, a string only where one is asked for.
 * It checks all of the grammar (RFC 8259) but not that strings are UTF-8. Whoever reads consumes
 * each value exactly once, by one of the value methods. Belongs to one thread.
 *
 * <p>Made because it takes half the time of a token parser for the half dozen members that a call
 * needs; the tests hold it to what Jackson accepts and finds.
 */
public final class JsonCursor {
    private static final int MAX_NUMBER_LENGTH = 40;

    private final byte[] bytes;
    private final int end;
    private final KnownNames names;
    private int at;
    private int depth;
    private boolean fresh;
    private int nameIndex = KnownNames.UNKNOWN;
    private int nameStart;

    /**
     * Of JSON that stands between {@code start} and {@code end}.
     *
     * @param names the members that are asked for
     */
    public JsonCursor(byte[] bytes, int start, int end, KnownNames names) {
        this.bytes = bytes;
        this.end = end;
        this.names = names;
        at = start;
        if (end - start >= 3
                && bytes[start] == (byte) 0xEF
                && bytes[start + 1] == (byte) 0xBB
                && bytes[start + 2] == (byte) 0xBF) {
            at += 3;
        }
        skipSpace();
    }

    /** Where the reader stands: at the first byte of a value, or behind the last. */
    public int offset() {
        return at;
    }

    /** The value's first byte, which tells its kind. */
    public byte peek() {
        if (at >= end) {
            throw new MalformedJson("ends too early", at);
        }
        return bytes[at];
    }

    /** Goes inside an object; anything else is skipped. */
    public boolean enterObject() {
        return enter('{');
    }

    /** Goes inside an array; anything else is skipped. */
    boolean enterArray() {
        return enter('[');
    }

    /** The next member's name, empty where it is not a known one; null behind the last member. */
    public @Nullable String nextName() {
        if (!nextMember()) {
            return null;
        }
        int start = nameStart + 1;
        boolean plain = skipString();
        nameIndex = plain ? names.index(bytes, start, at - 1) : unescapedName(start);
        skipColon();
        return names.name(nameIndex);
    }

    /** The index of the last name among the known ones. */
    int nameIndex() {
        return nameIndex;
    }

    /** The offset of the last name's first quote. */
    int nameStart() {
        return nameStart;
    }

    /** Moves to the next element; false behind the last. */
    boolean nextElement() {
        return more(']');
    }

    /** The text of a string; null for anything else. */
    public @Nullable String string() {
        if (peek() != '"') {
            skip();
            return null;
        }
        int start = at + 1;
        boolean plain = skipString();
        return plain
                ? new String(bytes, start, at - 1 - start, StandardCharsets.UTF_8)
                : JsonStrings.unescaped(bytes, start, at - 1);
    }

    /** The text of a string or the digits of a number; null for anything else. */
    @Nullable String scalar() {
        byte first = peek();
        if (first != '-' && (first < '0' || first > '9')) {
            return string();
        }
        int start = at;
        skipNumber();
        int length = Math.min(at - start, MAX_NUMBER_LENGTH);
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }

    /** Whether the value is {@code true}. */
    boolean isTrue() {
        boolean is = peek() == 't';
        skip();
        return is;
    }

    /** A whole number of at least 0 and less than 10^18; -1 for anything else. */
    long count() {
        byte first = peek();
        int start = at;
        skip();
        if (first < '0' || first > '9') {
            return -1;
        }
        long value = 0;
        for (int i = start; i < at; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || i - start >= 18) {
                return wholeDouble(start);
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Goes behind the value, whatever it is. */
    public void skip() {
        switch (peek()) {
            case '{' -> skipObject();
            case '[' -> skipArray();
            case '"' -> skipString();
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            default -> skipNumber();
        }
    }

    /** Checks that nothing follows the value. */
    void finish() {
        skipSpace();
        if (at < end) {
            throw new MalformedJson("goes on behind its end", at);
        }
    }

    private boolean enter(char bracket) {
        if (peek() != bracket) {
            skip();
            return false;
        }
        if (++depth > Json.MAX_DEPTH) {
            throw new MalformedJson("is nested deeper than " + Json.MAX_DEPTH, at);
        }
        at++;
        fresh = true;
        return true;
    }

    private boolean more(char bracket) {
        skipSpace();
        boolean first = fresh;
        fresh = false;
        byte next = peek();
        if (next == bracket) {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            expect(',');
            skipSpace();
        }
        return true;
    }

    private boolean nextMember() {
        if (!more('}')) {
            return false;
        }
        if (peek() != '"') {
            throw new MalformedJson("lacks a name", at);
        }
        nameStart = at;
        return true;
    }

    private void skipColon() {
        skipSpace();
        expect(':');
        skipSpace();
    }

    private void skipObject() {
        enter('{');
        while (nextMember()) {
            skipString();
            skipColon();
            skip();
        }
    }

    private void skipArray() {
        enter('[');
        while (more(']')) {
            skip();
        }
    }

    /** Goes behind a string; true where it has no escapes. */
    private boolean skipString() {
        boolean plain = true;
        at++;
        while (true) {
            at = ByteSearch.stringStop(bytes, at, end);
            switch (peek()) {
                case '"' -> {
                    at++;
                    return plain;
                }
                case '\\' -> {
                    at += JsonStrings.escapeLength(bytes, at, end);
                    plain = false;
                }
                default -> throw new MalformedJson("has a control character in a string", at);
            }
        }
    }

    private void skipNumber() {
        int start = at;
        if (bytes[at] == '-') {
            at++;
        }
        int whole = at;
        skipDigits(start);
        if (bytes[whole] == '0' && at - whole > 1) {
            throw new MalformedJson("has a number that begins with 0", start);
        }
        if (at < end && bytes[at] == '.') {
            at++;
            skipDigits(start);
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            skipDigits(start);
        }
    }

    private void skipDigits(int start) {
        int first = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == first) {
            throw new MalformedJson("has something that is no value", start);
        }
    }

    private void skipWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new MalformedJson("lacks a '" + wanted + "'", at);
        }
        at++;
    }

    private void skipSpace() {
        while (at < end
                && (bytes[at] == ' '
                        || bytes[at] == '\n'
                        || bytes[at] == '\r'
                        || bytes[at] == '\t')) {
            at++;
        }
    }

    private int unescapedName(int start) {
        byte[] name = JsonStrings.unescaped(bytes, start, at - 1).getBytes(StandardCharsets.UTF_8);
        return names.index(name, 0, name.length);
    }

    /** Some encoders write whole numbers as {@code 5.0} or {@code 1e3}. */
    private long wholeDouble(int start) {
        if (at - start > MAX_NUMBER_LENGTH) {
            return -1;
        }
        double value =
                Double.parseDouble(new String(bytes, start, at - start, StandardCharsets.US_ASCII));
        return value == Math.rint(value) && value < 1e15 ? (long) value : -1;
    }
}
