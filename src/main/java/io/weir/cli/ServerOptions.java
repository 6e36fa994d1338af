package io.weir.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server a command talks to, and with which key. */
final class ServerOptions {
    @Option(
            names = "--base-url",
            order = 90,
            paramLabel = "URL",
            description = {
                "The API to talk to, ending in its version.",
                "Default: " + Address.DEFAULT_URL + ", or the variable WEIR_BASE_URL."
            })
    private @Nullable String baseUrl;

    @Mixin private final KeyOptions keys = new KeyOptions();

    /** The server. */
    Address address(Terminal terminal) {
        Optional<String> chosen =
                Optional.ofNullable(baseUrl).or(() -> terminal.variable("WEIR_BASE_URL"));
        return Address.of(chosen.orElse(Address.DEFAULT_URL), chosen.isPresent());
    }

    /** The key for calls. */
    Optional<Key> appKey(Terminal terminal) {
        return keys.app(address(terminal), terminal);
    }

    /** The key for questions to the ledger. */
    Optional<Key> adminKey(Terminal terminal) {
        return keys.admin(address(terminal), terminal);
    }

    /** The key for questions to the ledger, {@code --key-file} first. */
    Optional<Key> adminKeyFirst(Terminal terminal) {
        return keys.adminFirst(address(terminal), terminal);
    }
}
