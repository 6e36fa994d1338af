package io.weir.reconcile;

/** A bill that cannot be had or read; the message says what to do. */
public final class BillProblem extends Exception {
    private static final long serialVersionUID = 1L;

    BillProblem(String message) {
        super(message);
    }

    BillProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
