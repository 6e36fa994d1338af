package io.weir.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the small fields of a multipart form (RFC 7578) while it passes, and holds nothing else of
 * it. Never throws, whatever the bytes are: what is no form has no fields. Where a field is there
 * twice the last one counts. Mutable; belongs to its call's thread.
 */
public final class FormReader {
    private static final int MAX_BOUNDARY_CHARS = 200;
    private static final int MAX_HEAD_BYTES = 4_096;
    private static final int MAX_FIELD_BYTES = 1_024;
    private static final int MAX_PARTS = 1_000;

    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]+)\"|([^\\s;\"]+)).*",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile(
                    "content-disposition:[^\\r\\n]*;\\s*name=\"?([a-z_]{1,40})\"?\\s*(?:[;\\r]|$)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE =
            Pattern.compile(";\\s*filename\\*?=", Pattern.CASE_INSENSITIVE);

    private enum State {
        CONTENT,
        BEHIND_DELIMITER,
        HEAD,
        END
    }

    private final byte[] delimiter;
    private final RequestReader read = new RequestReader();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream field = new ByteArrayOutputStream(0);
    private State state = State.CONTENT;
    private String name = "";
    private int parts;
    private int dashes;

    /** The line break before a delimiter belongs to it; that before the first one is not sent. */
    private int matched = 2;

    private FormReader(String boundary) {
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The reader of a body of that {@code content-type}; empty where that is no form's. */
    public static Optional<FormReader> of(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (contentType.length() > 2 * MAX_BOUNDARY_CHARS || !matcher.matches()) {
            return Optional.empty();
        }
        String quoted = matcher.group(1);
        String boundary = quoted == null ? matcher.group(2) : quoted;
        return boundary.length() > MAX_BOUNDARY_CHARS
                ? Optional.empty()
                : Optional.of(new FormReader(boundary));
    }

    /** Takes the next piece of the body. */
    public void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end && state != State.END) {
            at =
                    switch (state) {
                        case CONTENT -> readContent(bytes, at, end);
                        case BEHIND_DELIMITER -> readBehindDelimiter(bytes[at], at);
                        case HEAD -> readHead(bytes[at], at);
                        case END -> end;
                    };
        }
    }

    /** What was read so far, as a view that grows with it. */
    public RequestView view() {
        return RequestView.of(read);
    }

    private int readContent(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            if (matched == 0) {
                at = ByteSearch.lineEnd(bytes, at, end);
            }
            if (at < end && match(bytes[at++])) {
                keep(bytes, start, at);
                endField();
                state = State.BEHIND_DELIMITER;
                dashes = 0;
                return at;
            }
        }
        keep(bytes, start, end);
        return end;
    }

    /** A line break is at the delimiter's begin only, so that a mismatch means to begin again. */
    private boolean match(byte next) {
        if (next != delimiter[matched]) {
            matched = next == '\r' ? 1 : 0;
            return false;
        }
        matched++;
        if (matched < delimiter.length) {
            return false;
        }
        matched = 0;
        return true;
    }

    private void keep(byte[] bytes, int start, int end) {
        if (name.isEmpty()) {
            return;
        }
        if (field.size() + end - start > MAX_FIELD_BYTES + delimiter.length) {
            name = "";
        } else {
            field.write(bytes, start, end - start);
        }
    }

    private void endField() {
        if (!name.isEmpty()) {
            byte[] kept = field.toByteArray();
            int length = Math.max(0, kept.length - delimiter.length);
            put(name, new String(kept, 0, length, StandardCharsets.UTF_8).strip());
        }
        name = "";
        field.reset();
    }

    /**
     * Two dashes end the form, a line break begins a part's head, anything else was no delimiter.
     */
    private int readBehindDelimiter(byte next, int at) {
        if (next == '-') {
            dashes++;
            state = dashes == 2 ? State.END : state;
        } else if (next == '\n') {
            head.reset();
            state = ++parts > MAX_PARTS ? State.END : State.HEAD;
        } else if (next != '\r' && next != ' ' && next != '\t') {
            state = State.CONTENT;
        }
        return at + 1;
    }

    private int readHead(byte next, int at) {
        head.write(next);
        if (next != '\n' && head.size() <= MAX_HEAD_BYTES) {
            return at + 1;
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        if (text.equals("\r\n") || text.endsWith("\r\n\r\n") || head.size() > MAX_HEAD_BYTES) {
            Matcher matcher = NAME.matcher(text);
            name = matcher.find() && !FILE.matcher(text).find() ? matcher.group(1) : "";
            name = name.toLowerCase(Locale.ROOT);
            state = State.CONTENT;
        }
        return at + 1;
    }

    private void put(String field, String value) {
        switch (field) {
            case "model" -> read.model = value;
            case "stream" -> read.stream = value.equalsIgnoreCase("true") || value.equals("1");
            case "n" -> read.choices = value.matches("\\d{1,9}") ? Long.parseLong(value) : -1;
            case "response_format" -> read.responseFormat = value;
            case "user" -> read.user = value;
            default -> {}
        }
    }
}
