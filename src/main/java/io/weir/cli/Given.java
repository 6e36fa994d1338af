package io.weir.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a command's options was given, for the admin API: the rest is left out. */
final class Given {
    /** What takes a list back that was given before. */
    private static final List<String> ANY = List.of("any");

    private Given() {}

    static void add(ObjectNode wanted, String name, @Nullable String text) {
        if (text != null) {
            wanted.put(name, text);
        }
    }

    static void add(ObjectNode wanted, String name, @Nullable Long number) {
        if (number != null) {
            wanted.put(name, number);
        }
    }

    /** A list; empty where it was taken back. */
    static void add(ObjectNode wanted, String name, @Nullable List<String> texts) {
        if (texts != null) {
            ArrayNode array = wanted.putArray(name);
            if (!texts.equals(ANY)) {
                texts.forEach(array::add);
            }
        }
    }
}
