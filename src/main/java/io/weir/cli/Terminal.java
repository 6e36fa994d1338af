package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.replay.Ticker;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a command may touch of the world it was started in.
 *
 * @param out answers and figures
 * @param err what went wrong, and progress
 * @param environment the process's variables
 */
record Terminal(
        BufferedReader in,
        PrintStream out,
        PrintStream err,
        Tty tty,
        Map<String, String> environment,
        Ticker ticker,
        Interrupts interrupts) {
    /** Which of the three streams a person looks at. */
    record Tty(boolean in, boolean out, boolean err) {
        /** None of them: a script. */
        static final Tty NONE = new Tty(false, false, false);
    }

    Terminal {
        environment = Map.copyOf(environment);
    }

    /** The process's own. */
    static Terminal system() {
        return new Terminal(
                new BufferedReader(new InputStreamReader(System.in, UTF_8)),
                new PrintStream(System.out, true, UTF_8),
                new PrintStream(System.err, true, UTF_8),
                new Tty(isTerminal(0), isTerminal(1), isTerminal(2)),
                System.getenv(),
                Ticker.system(),
                Interrupts.system());
    }

    /** A variable that is there and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Whether output may be coloured: on a terminal, unless NO_COLOR (no-color.org) is set. */
    boolean colour() {
        return tty.out() && variable("NO_COLOR").isEmpty();
    }

    /** Text that steps back where there is colour. */
    String dim(String text) {
        return colour() ? "\u001b[2m" + text + "\u001b[0m" : text;
    }

    /** Text that stands out where there is colour. */
    String bold(String text) {
        return colour() ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String opened =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return opened.startsWith("/dev/pts/") || opened.startsWith("/dev/tty");
        } catch (IOException e) {
            return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        }
    }
}
