package io.weir.cli;

import picocli.CommandLine.Option;

/** Whether what cannot be undone is meant: at a terminal it has to be said, a script means it. */
final class Confirmation {
    @Option(
            names = "--yes",
            order = 80,
            description = "It is meant. Needed where somebody types at a terminal.")
    private boolean yes;

    /**
     * Goes on where it is meant.
     *
     * @param what would be done, as a sentence
     */
    void require(Terminal terminal, String what) {
        if (terminal.tty().in() && !yes) {
            throw new CommandFailure(
                    ExitCode.USAGE, what + " If that is meant, say it again with --yes.");
        }
    }
}
