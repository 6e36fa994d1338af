package io.weir.access;

import io.weir.wire.JsonCursor;
import io.weir.wire.KnownNames;
import java.util.Objects;

/**
 * What a {@link Change} came to: of a line of the log all that a start needs, since a start reads
 * every line there is.
 *
 * @param kind what it was done to, {@code key} for instance
 * @param id which of them
 * @param line that says so, until the next one is asked for
 * @param from where in the line's text stands what it is, in JSON
 * @param until the end of that; the same where it is gone
 */
record Outcome(String kind, String id, LineScan line, int from, int until) {
    private static final KnownNames MEMBERS = KnownNames.of("kind", "id", "after");

    /**
     * From a line of the log, whose last members are what it is and the link.
     *
     * @param linkChars how long the link is, with its name
     * @throws io.weir.wire.MalformedJson where it is no JSON
     */
    static Outcome of(LineScan line, int linkChars) {
        int end = line.from() + line.length();
        JsonCursor json = new JsonCursor(line.text(), line.from(), end, MEMBERS);
        String kind = "";
        String id = "";
        json.enterObject();
        for (String member = json.nextName(); member != null; member = json.nextName()) {
            switch (member) {
                case "kind" -> kind = Objects.requireNonNullElse(json.string(), "");
                case "id" -> id = Objects.requireNonNullElse(json.string(), "");
                case "after" -> {
                    int from = json.offset();
                    return new Outcome(
                            kind, id, line, from, json.peek() == '{' ? end - linkChars : from);
                }
                default -> json.skip();
            }
        }
        return new Outcome(kind, id, line, end, end);
    }

    /** Whether it is not there any more. */
    boolean isGone() {
        return from == until;
    }
}
