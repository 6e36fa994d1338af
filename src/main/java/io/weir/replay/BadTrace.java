package io.weir.replay;

/** A trace that cannot be read; the message names the line and what it should look like. */
public final class BadTrace extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadTrace(long line, String problem) {
        super("line " + line + ": " + problem);
    }
}
