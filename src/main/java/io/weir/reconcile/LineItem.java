package io.weir.reconcile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of OpenAI's costs: {@code gpt-4o-mini-2024-07-18, cached input}, {@code priority |
 * gpt-5, output}, {@code gpt-4o-audio-preview audio, input}. What is not about the tokens of a
 * model, {@code web search tool calls} for instance, keeps its name.
 */
final class LineItem {
    /** Stands for the model where a bill does not say what a cost is for. */
    static final String UNSAID = "(unsaid)";

    private static final Pattern LINE =
            Pattern.compile("(?:[a-z]+ \\| )?(?<model>\\S+?)(?: (?:text|audio|image))?, .+");

    private LineItem() {}

    /** The model that a line is for. */
    static String model(@Nullable String line) {
        if (line == null || line.isBlank()) {
            return UNSAID;
        }
        Matcher matcher = LINE.matcher(line.strip());
        return matcher.matches() ? matcher.group("model") : line.strip();
    }
}
