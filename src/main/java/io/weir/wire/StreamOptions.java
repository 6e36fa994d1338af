package io.weir.wire;

import org.jspecify.annotations.Nullable;

/**
 * A request's {@code stream_options}, and where in its bytes they stand. Mutable; belongs to its
 * {@link RequestReader}.
 */
final class StreamOptions {
    private final int start;
    private int end;
    private boolean isNull;
    private boolean isObject;
    private int includeStart = -1;
    private int includeEnd;
    private byte includeFirst;
    private boolean empty = true;
    private boolean duplicate;

    private StreamOptions(int start) {
        this.start = start;
    }

    /** Reads the value the cursor stands at. */
    static StreamOptions read(JsonCursor in) {
        StreamOptions options = new StreamOptions(in.offset());
        options.isNull = in.peek() == 'n';
        options.isObject = in.enterObject();
        if (options.isObject) {
            options.readMembers(in);
        }
        options.end = in.offset();
        return options;
    }

    /** The change that makes a request without {@code stream_options} ask for usage. */
    static Splice added(int behindBrace) {
        return new Splice(behindBrace, behindBrace, "\"stream_options\":{\"include_usage\":true},");
    }

    /** Whether {@code include_usage} is there more than once. */
    boolean duplicate() {
        return duplicate;
    }

    /** {@code include_usage}; null where it is not there, or neither true nor false. */
    @Nullable Boolean includeUsage() {
        return switch (includeFirst) {
            case 't' -> true;
            case 'f' -> false;
            default -> null;
        };
    }

    /** The change that asks for usage; null where it is asked for, or where nobody can tell. */
    @Nullable Splice asking() {
        if (isNull) {
            return new Splice(start, end, "{\"include_usage\":true}");
        }
        if (!isObject) {
            return null;
        }
        if (includeStart < 0) {
            int inside = start + 1;
            return new Splice(inside, inside, "\"include_usage\":true" + (empty ? "" : ","));
        }
        boolean replaceable = includeFirst == 'f' || includeFirst == 'n';
        return replaceable ? new Splice(includeStart, includeEnd, "true") : null;
    }

    private void readMembers(JsonCursor in) {
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            empty = false;
            int valueStart = in.offset();
            byte first = in.peek();
            in.skip();
            if (name.equals("include_usage")) {
                duplicate |= includeStart >= 0;
                includeStart = valueStart;
                includeEnd = in.offset();
                includeFirst = first;
            }
        }
    }
}
