package io.weir.cli;

import tools.jackson.databind.JsonNode;

/** A key or token that was just made: alone on standard output, so that it can be piped on. */
final class ShownOnce {
    private ShownOnce() {}

    /**
     * Prints it.
     *
     * @param json whether the whole answer is wanted, the secret in it
     * @param about what is to be known of it, for standard error
     */
    static void print(JsonNode answer, boolean json, String about, Terminal terminal) {
        if (json) {
            terminal.out().println(answer);
            return;
        }
        terminal.err().println(about);
        terminal.err().println("It is shown this once, and Weir keeps only its hash:");
        terminal.out().println(Printable.line(answer.path("secret").asString("")));
    }
}
