package io.weir.access;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A field in which what was changed differs from what it was before.
 *
 * @param field in words, {@code time zone} for instance
 * @param before empty where it was not there or said nothing
 * @param after likewise
 */
public record Difference(String field, String before, String after) {
    /** Who the thing is and since when, which the change itself says, and what nobody may see. */
    private static final Set<String> LEFT_OUT =
            Set.of("id", "created", "since", "hash", "password");

    /** All of them, in the order of the fields. */
    public static List<Difference> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        List<Difference> differences = new ArrayList<>();
        collect("", there(before), there(after), differences);
        return differences;
    }

    /** In words: {@code models gpt-4o → gpt-4o-mini}. */
    public String words() {
        return before.isEmpty()
                ? "%s %s".formatted(field, after)
                : "%s %s → %s".formatted(field, before, after.isEmpty() ? "nothing" : after);
    }

    private static JsonNode there(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }

    private static void collect(
            String within, JsonNode before, JsonNode after, List<Difference> differences) {
        Set<String> names = new LinkedHashSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        names.removeAll(LEFT_OUT);
        for (String name : names) {
            JsonNode was = before.path(name);
            JsonNode is = after.path(name);
            String field = within + (name.equals("retiring") ? "old key" : name.replace('_', ' '));
            if (was.isObject() || is.isObject()) {
                collect(field + " ", was, is, differences);
            } else if (!text(was).equals(text(is)) && !(was.isMissingNode() && isFalse(is))) {
                differences.add(new Difference(field, text(was), text(is)));
            }
        }
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.asBoolean();
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(Difference::text).collect(Collectors.joining(", "));
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "yes" : "no";
        }
        return value.isNull() ? "" : value.asString("");
    }

    /** In words, all of them, a semicolon between. */
    public static String words(List<Difference> differences) {
        return differences.stream().map(Difference::words).collect(Collectors.joining("; "));
    }
}
