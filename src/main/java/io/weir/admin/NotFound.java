package io.weir.admin;

/** What was asked for is not there. */
final class NotFound extends Exception {
    private static final long serialVersionUID = 1L;

    NotFound(String message) {
        super(message);
    }
}
