package io.weir.replay;

/** A benchmark that could not be measured; the message says what to change. */
public final class BenchFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
