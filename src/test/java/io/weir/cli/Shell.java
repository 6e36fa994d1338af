package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.replay.Ticker;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

/** Runs commands as a shell would, and keeps what they say. */
final class Shell {
    /** What a command did. */
    record Result(int exitCode, String out, String err) {
        /** Everything it said. */
        String all() {
            return out + err;
        }
    }

    private final Map<String, String> environment = new HashMap<>();
    private Terminal.Tty tty = Terminal.Tty.NONE;
    private Interrupts interrupts = Interrupts.none();

    /** Sets a variable. */
    Shell with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Says which streams a person looks at. */
    Shell at(Terminal.Tty seen) {
        tty = seen;
        return this;
    }

    /** Says where Ctrl-C comes from. */
    Shell with(Interrupts source) {
        interrupts = source;
        return this;
    }

    /** Runs a command without input. */
    Result run(String... args) {
        return runWithInput("", args);
    }

    /** Runs a command. */
    Result runWithInput(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(terminal(input, out, err), args);
        return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** What a command is given; what it says is lost. */
    Terminal terminal() {
        return terminal("", OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    private Terminal terminal(String input, OutputStream out, OutputStream err) {
        return new Terminal(
                new BufferedReader(new StringReader(input)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                tty,
                environment,
                Ticker.system(),
                interrupts);
    }
}
