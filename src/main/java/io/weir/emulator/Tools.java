package io.weir.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The functions a request offers, and whether one must be called.
 *
 * @param named the function that must be called
 * @param mode whether the model may call, must call or must not
 * @param parallel whether it may call several at once
 */
record Tools(List<Function> offered, Mode mode, @Nullable String named, boolean parallel) {
    static final Tools NONE = new Tools(List.of(), Mode.NEVER, null, false);

    private static final int MOST_CALLS = 4;
    private static final int SIGNIFICANT_LETTERS = 5;
    private static final Set<String> VAGUE =
            Set.of("get", "set", "the", "for", "with", "from", "and", "tool", "function", "call");

    /** {@code tool_choice}. */
    enum Mode {
        NEVER,
        AUTO,
        REQUIRED
    }

    /**
     * A function.
     *
     * @param parameters the JSON schema of its arguments
     */
    record Function(String name, String description, JsonNode parameters) {}

    /** The functions to call for this question; none means to answer in text. */
    List<Function> toCall(String question) {
        if (mode == Mode.NEVER || offered.isEmpty()) {
            return List.of();
        }
        if (named != null) {
            return offered.stream().filter(tool -> tool.name.equals(named)).limit(1).toList();
        }
        List<Function> fitting = fitting(question.toLowerCase(Locale.ROOT));
        if (fitting.isEmpty() && mode == Mode.REQUIRED) {
            return List.of(offered.getFirst());
        }
        return fitting;
    }

    private List<Function> fitting(String question) {
        List<Function> fitting = new ArrayList<>();
        for (Function tool : offered) {
            if (fits(tool, question) && fitting.size() < (parallel ? MOST_CALLS : 1)) {
                fitting.add(tool);
            }
        }
        return fitting;
    }

    private static boolean fits(Function tool, String question) {
        for (String word : words(tool.name.replaceAll("([a-z])([A-Z])", "$1 $2"))) {
            if (word.length() > 2 && !VAGUE.contains(word) && question.contains(word)) {
                return true;
            }
        }
        long common =
                words(tool.description).stream()
                        .filter(word -> word.length() >= SIGNIFICANT_LETTERS)
                        .distinct()
                        .filter(question::contains)
                        .count();
        return common >= 2;
    }

    private static List<String> words(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"));
    }
}
