package io.weir.cli;

import io.weir.wire.Json;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a user is told when the server says no, or nothing. */
final class ServerErrors {
    private static final int SHOWN_OF_FOREIGN_BODY = 200;

    private ServerErrors() {}

    /** Nothing answers at the address. */
    static CommandFailure notReachable(Address address, IOException cause) {
        String message =
                address.local()
                        ? "Weir is not running at %s. Start it with: ./weir serve"
                        : "Nothing answers at %s. Check --base-url, and that the server is up.";
        return new CommandFailure(ExitCode.NOT_REACHABLE, message.formatted(address.url()), cause);
    }

    /** An answer with an error status, in OpenAI's form or in any other. */
    static CommandFailure refused(Address address, Optional<Key> key, int status, String body) {
        String reason = reason(body);
        return switch (status) {
            case 401, 403 ->
                    new CommandFailure(
                            ExitCode.NOT_AUTHORISED,
                            "%s refused the key (%d): %s%n%s"
                                    .formatted(address.url(), status, reason, keyHint(key)));
            default ->
                    new CommandFailure(
                            ExitCode.FAILED,
                            "%s answered %d: %s".formatted(address.url(), status, reason));
        };
    }

    /** The words of an {@code error} object; the body's beginning when there is none. */
    static String reason(String body) {
        try {
            JsonNode error = Json.MAPPER.readTree(body).path("error");
            String message = error.path("message").asString("");
            String code = error.path("code").asString("");
            if (!message.isEmpty()) {
                return Printable.line(code.isEmpty() ? message : message + " [" + code + "]");
            }
        } catch (JacksonException e) {
            // not in OpenAI's form: shown as it is
        }
        String text = Printable.line(body.strip());
        if (text.isEmpty()) {
            return "(no text)";
        }
        return text.length() <= SHOWN_OF_FOREIGN_BODY
                ? text
                : text.substring(0, SHOWN_OF_FOREIGN_BODY) + "…";
    }

    private static String keyHint(Optional<Key> key) {
        return key.map(held -> "The key came from " + held.source() + ".")
                .orElse(
                        "No key was found. Give --data (where Weir keeps its keys), --key-file, or"
                                + " set WEIR_KEY (WEIR_ADMIN_KEY for calls, tail, report, status).");
    }
}
