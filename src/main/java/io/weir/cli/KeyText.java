package io.weir.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Keys and projects as they are printed for people. */
final class KeyText {
    private KeyText() {}

    /** A line each. */
    static void printAll(JsonNode keys, Terminal terminal) {
        Columns columns =
                new Columns("lllllll")
                        .row("ID", "NAME", "PROJECT", "OWNER", "MODELS", "EXPIRES", "STATE");
        for (JsonNode key : keys) {
            columns.row(
                    Printable.cell(key.path("id")),
                    Printable.cell(key.path("name")),
                    Printable.cell(key.path("project")),
                    Printable.cell(key.path("owner")),
                    list(key.path("models"), "any"),
                    expires(key),
                    state(key));
        }
        columns.lines().forEach(terminal.out()::println);
    }

    /** All that is known of one. */
    static void print(JsonNode key, Terminal terminal) {
        boolean configured = key.path("configured").asBoolean();
        Columns columns =
                new Columns("ll")
                        .row("id", Printable.cell(key.path("id")))
                        .row("name", Printable.cell(key.path("name")))
                        .row("project", Printable.cell(key.path("project")))
                        .row("owner", Printable.cell(key.path("owner")))
                        .row("tags", list(key.path("tags"), "-"))
                        .row("models", list(key.path("models"), "any"))
                        .row("endpoints", list(key.path("endpoints"), "any"))
                        .row("networks", list(key.path("networks"), "any"))
                        .row(
                                "created",
                                configured
                                        ? "by the configuration"
                                        : Printable.cell(key.path("created")))
                        .row("expires", expires(key))
                        .row("state", state(key))
                        .row("leaked", leaked(key));
        columns.lines().forEach(terminal.out()::println);
    }

    /** Its name and its id. */
    static String name(JsonNode key) {
        return "%s (%s)"
                .formatted(Printable.cell(key.path("name")), Printable.cell(key.path("id")));
    }

    /** A list in a cell. */
    static String list(JsonNode texts, String none) {
        return texts.isEmpty()
                ? none
                : texts.valueStream().map(Printable::cell).collect(Collectors.joining(", "));
    }

    private static String expires(JsonNode key) {
        return key.path("expires").isString() ? Printable.cell(key.path("expires")) : "never";
    }

    /** Whether it may call, or else why not; and whether it was seen where no key belongs. */
    private static String state(JsonNode key) {
        String callable = callable(key);
        return key.path("leaked").isObject() ? callable + ", LEAKED" : callable;
    }

    private static String leaked(JsonNode key) {
        JsonNode seen = key.path("leaked");
        return seen.isObject()
                ? "seen in the %s of call %s at %s; weir keys rotate makes another"
                        .formatted(
                                Printable.cell(seen.path("place")),
                                Printable.cell(seen.path("call")),
                                Printable.cell(seen.path("at")))
                : "-";
    }

    private static String callable(JsonNode key) {
        JsonNode hindrance = key.path("hindrance");
        if (hindrance.isString()) {
            return Printable.cell(hindrance).replaceFirst("^this key (is )?", "");
        }
        return key.path("old_key_until").isString()
                ? "active, the key before until " + Printable.cell(key.path("old_key_until"))
                : "active";
    }
}
