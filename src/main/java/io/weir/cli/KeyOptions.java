package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command finds its key. Keys are never on the command line. */
final class KeyOptions {
    @Option(
            names = "--data",
            order = 91,
            paramLabel = "DIR",
            description = {
                "Weir's data directory, where its keys lie.",
                "Default: weir-data, or the variable WEIR_DATA."
            })
    private @Nullable Path data;

    @Option(
            names = "--key-file",
            order = 92,
            paramLabel = "FILE",
            description = "A file with the key to use, on one line.")
    private @Nullable Path keyFile;

    /**
     * The key for calls: {@code --key-file}, WEIR_KEY, the data directory's {@code app.key}; for a
     * base URL that the user chose OPENAI_API_KEY too, first unless it is this machine.
     */
    Optional<Key> app(Address address, Terminal terminal) {
        Optional<Key> provider =
                address.chosen() ? fromVariable("OPENAI_API_KEY", terminal) : Optional.empty();
        Optional<Key> own = fromDirectory("app.key", address, terminal);
        return fromFile()
                .or(() -> fromVariable("WEIR_KEY", terminal))
                .or(() -> address.local() ? own.or(() -> provider) : provider.or(() -> own));
    }

    /** The key for questions to the ledger: WEIR_ADMIN_KEY or the directory's {@code admin.key}. */
    Optional<Key> admin(Address address, Terminal terminal) {
        return fromVariable("WEIR_ADMIN_KEY", terminal)
                .or(() -> fromDirectory("admin.key", address, terminal));
    }

    /** The admin key, {@code --key-file} first: for commands that need no other. */
    Optional<Key> adminFirst(Address address, Terminal terminal) {
        return fromFile().or(() -> admin(address, terminal));
    }

    private Optional<Key> fromFile() {
        return keyFile == null ? Optional.empty() : Optional.of(read(keyFile));
    }

    private static Optional<Key> fromVariable(String name, Terminal terminal) {
        return terminal.variable(name).map(secret -> new Key(secret.strip(), name));
    }

    /**
     * Keys that lie here are this machine's: another gets them only when {@code --data} says so.
     */
    private Optional<Key> fromDirectory(String file, Address address, Terminal terminal) {
        if (data == null && !address.local()) {
            return Optional.empty();
        }
        String otherwise = terminal.variable("WEIR_DATA").orElse("weir-data");
        Path path = (data == null ? Path.of(otherwise) : data).resolve(file);
        return Files.isReadable(path) ? Optional.of(read(path)) : Optional.empty();
    }

    private static Key read(Path path) {
        try {
            String text = Files.readString(path, UTF_8).strip();
            return new Key(text.lines().findFirst().orElse(""), path.toString());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Cannot read the key file " + path + ": is the path right?", e);
        }
    }
}
