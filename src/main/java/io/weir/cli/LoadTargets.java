package io.weir.cli;

import io.weir.replay.LoadTarget;
import io.weir.wire.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the targets of load from the command line; keys come from variables and files. */
final class LoadTargets {
    /** An emulator takes any key; a benchmark without one still sends what clients send. */
    private static final Key ANY_KEY = new Key("weir-bench", "nowhere");

    private final Terminal terminal;
    private final Headers headers;

    /**
     * @param headers sent with every call
     */
    LoadTargets(Terminal terminal, Headers headers) {
        this.terminal = terminal;
        this.headers = headers;
    }

    /** Fields from {@code Name: value} lines. */
    static Headers headers(List<String> lines) {
        Headers headers = Headers.of("User-Agent", "weir-load");
        for (String line : lines) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || line.matches("(?s).*[\r\n].*")) {
                throw usage("A header looks like \"Name: value\", not \"" + line + "\".");
            }
            headers = headers.with(name, line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** The server that other commands talk to, with the key they use. */
    LoadTarget target(String name, Address address, Optional<Key> key) {
        return target(name, address, key, List.of());
    }

    /** A target from {@code name=URL[,pid=PID][,key-env=VARIABLE]}. */
    LoadTarget named(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || (text.indexOf(':') >= 0 && text.indexOf(':') < equals)) {
            throw usage("A target looks like weir=http://127.0.0.1:8080/v1, not \"" + text + "\".");
        }
        return unnamed(text.substring(0, equals), text.substring(equals + 1), Optional.empty());
    }

    /**
     * A target from {@code URL[,pid=PID][,key-env=VARIABLE]}.
     *
     * @param key used where the text names none
     */
    LoadTarget unnamed(String name, String text, Optional<Key> key) {
        String[] parts = text.split(",", -1);
        Optional<Key> used = key.or(() -> Optional.of(ANY_KEY));
        List<Long> processes = new ArrayList<>();
        for (String part : Stream.of(parts).skip(1).toList()) {
            if (part.startsWith("pid=")) {
                processes.addAll(processes(part.substring("pid=".length())));
            } else if (part.startsWith("key-env=")) {
                used = Optional.of(fromVariable(part.substring("key-env=".length())));
            } else {
                throw usage("After a target's URL come ,pid= and ,key-env=, not \"" + part + "\".");
            }
        }
        return target(name, Address.of(parts[0], true), used, processes);
    }

    /** Process ids from {@code 12} or {@code 12+13}. */
    static List<Long> processes(String text) {
        try {
            return Stream.of(text.split("\\+", -1)).map(Long::valueOf).toList();
        } catch (NumberFormatException e) {
            throw usage("A process id is a number (or several: 12+13), not \"" + text + "\".");
        }
    }

    private Key fromVariable(String name) {
        return terminal.variable(name)
                .map(secret -> new Key(secret.strip(), name))
                .orElseThrow(
                        () -> usage("The variable " + name + " with a target's key is not set."));
    }

    private LoadTarget target(
            String name, Address address, Optional<Key> key, List<Long> processes) {
        Headers all =
                headers.has("Authorization") || key.isEmpty()
                        ? headers
                        : headers.and("Authorization", key.get().bearer());
        return new LoadTarget(name, address.url(), all, processes);
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
