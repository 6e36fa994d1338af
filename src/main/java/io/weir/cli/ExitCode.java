package io.weir.cli;

/** How a command ended, for scripts. */
enum ExitCode {
    /** It did what was asked. */
    OK(0),
    /** The call failed, or the server did. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** Nothing answers at the base URL. */
    NOT_REACHABLE(3),
    /** The key is missing, wrong, or not allowed to do this. */
    NOT_AUTHORISED(4);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit status. */
    int number() {
        return number;
    }
}
