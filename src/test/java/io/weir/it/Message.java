package io.weir.it;

import java.util.List;
import java.util.Locale;

/**
 * A request or an answer as it came.
 *
 * @param head start line and fields, without the blank line
 * @param body without its framing, a character a byte
 */
public record Message(String head, String body) {
    /** The first line. */
    public String startLine() {
        return head.lines().findFirst().orElse("");
    }

    /** An answer's status. */
    public int status() {
        return Integer.parseInt(startLine().split(" ", 3)[1]);
    }

    /** The values of a field, in order. */
    public List<String> all(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** The value of a field; empty where it is missing. */
    public String field(String name) {
        return all(name).stream().findFirst().orElse("");
    }
}
