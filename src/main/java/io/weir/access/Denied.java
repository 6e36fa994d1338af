package io.weir.access;

/** Somebody may not do what they want to; the message says who and what. */
public final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Denied(String message) {
        super(message);
    }
}
