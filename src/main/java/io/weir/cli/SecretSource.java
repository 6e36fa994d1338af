package io.weir.cli;

import io.weir.config.ConfigException;
import io.weir.config.SecretRef;
import io.weir.wire.Secret;
import java.io.Console;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where a command reads a secret that it hands on: typed unseen at a terminal, or piped, or named;
 * on a command line it would stand in the shell's history.
 */
final class SecretSource {
    @Option(
            names = "--from",
            paramLabel = "REFERENCE",
            order = 70,
            description = "env:NAME or file:PATH, instead of standard input.")
    private @Nullable String from;

    /** A key of the provider's. */
    Secret key(Terminal terminal) {
        try {
            return new Secret(read("key", terminal));
        } catch (IllegalArgumentException e) {
            throw none("key", e);
        }
    }

    /** A password, which is one line and may hold any character. */
    String password(Terminal terminal) {
        String line = read("password", terminal).lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw none("password", new IllegalArgumentException("it is empty"));
        }
        return line;
    }

    private String read(String what, Terminal terminal) {
        try {
            return from == null
                    ? typed(what, terminal)
                    : SecretRef.text("--from", from, terminal.environment());
        } catch (ConfigException e) {
            throw none(what, e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The %s cannot be read: %s".formatted(what, e.getMessage()));
        }
    }

    private static CommandFailure none(String what, RuntimeException why) {
        return new CommandFailure(ExitCode.USAGE, "No %s: %s".formatted(what, why.getMessage()));
    }

    private static String typed(String what, Terminal terminal) throws IOException {
        Console console = terminal.tty().in() ? System.console() : null;
        if (console != null) {
            char[] typed = console.readPassword("The %s (it is not shown): ", what);
            return typed == null ? "" : new String(typed);
        }
        String line = terminal.in().readLine();
        return line == null ? "" : line;
    }
}
