package io.weir.wire;

/** Bytes are not the JSON they should be. Without a stack trace: clients can cause it at will. */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedJson(String problem, int offset) {
        super(problem + " at byte " + offset, null, false, false);
    }

    /** What is wrong and where, to go after "the body". */
    String problem() {
        return String.valueOf(getMessage());
    }
}
