package io.weir.http;

import io.weir.wire.BytePattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form with files (multipart/form-data, RFC 7578), all of it in memory. Files that nobody chose,
 * which browsers send without name and content, are left out.
 */
public final class PostedForm {
    private static final int MAX_PARTS = 100;
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))(?:\\s*;.*|\\s*)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = parameter("name");
    private static final Pattern FILE = parameter("filename");
    private static final BytePattern HEAD_END = ascii("\r\n\r\n");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<PostedFile> files = new ArrayList<>();

    private PostedForm() {}

    /** Whether a body of that {@code content-type} is such a form. */
    public static boolean is(String contentType) {
        return contentType.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static PostedForm of(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.matches()) {
            throw new IllegalArgumentException("the form has no boundary");
        }
        String quoted = boundary.group(1);
        PostedForm form = new PostedForm();
        form.read(body, "--" + (quoted == null ? boundary.group(2) : quoted));
        return form;
    }

    /** Its fields; where one is there twice, the last. */
    public Query fields() {
        return Query.of(fields);
    }

    /** Its files, in their order. */
    public List<PostedFile> files() {
        return List.copyOf(files);
    }

    private void read(byte[] body, String dashed) {
        // A delimiter's line break belongs to it; the first one may stand at the very beginning.
        BytePattern first = ascii(dashed);
        BytePattern delimiter = ascii("\r\n" + dashed);
        boolean atOnce = first.find(body, 0, Math.min(body.length, first.length())) == 0;
        int begin = atOnce ? first.length() : behind(delimiter, body, 0);
        for (int parts = 0; !isEnd(body, begin); parts++) {
            if (parts == MAX_PARTS) {
                throw new IllegalArgumentException("the form has too many parts");
            }
            int head = behindLine(body, begin);
            int content = behind(HEAD_END, body, head - 2);
            int end = delimiter.find(body, content, body.length);
            if (end < 0) {
                throw cut();
            }
            part(
                    new String(body, head, Math.max(0, content - head), StandardCharsets.UTF_8),
                    Arrays.copyOfRange(body, content, end));
            begin = end + delimiter.length();
        }
    }

    private void part(String head, byte[] content) {
        Matcher name = NAME.matcher(head);
        Matcher file = FILE.matcher(head);
        if (file.find()) {
            if (!file.group(1).isEmpty() || content.length > 0) {
                files.add(new PostedFile(file.group(1), content));
            }
        } else if (name.find()) {
            fields.put(name.group(1), new String(content, StandardCharsets.UTF_8));
        }
    }

    private static boolean isEnd(byte[] body, int at) {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    private static int behindLine(byte[] body, int at) {
        for (int i = at; i + 1 < body.length; i++) {
            if (body[i] == '\r' && body[i + 1] == '\n') {
                return i + 2;
            }
            if (body[i] != ' ' && body[i] != '\t') {
                break;
            }
        }
        throw cut();
    }

    private static int behind(BytePattern pattern, byte[] body, int from) {
        int at = pattern.find(body, from, body.length);
        if (at < 0) {
            throw cut();
        }
        return at + pattern.length();
    }

    private static IllegalArgumentException cut() {
        return new IllegalArgumentException("the form is no form, or was cut");
    }

    private static BytePattern ascii(String text) {
        return new BytePattern(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Pattern parameter(String name) {
        return Pattern.compile(
                "content-disposition:[^\\r\\n]*;\\s*" + name + "=\"([^\"\\r\\n]*)\"",
                Pattern.CASE_INSENSITIVE);
    }
}
