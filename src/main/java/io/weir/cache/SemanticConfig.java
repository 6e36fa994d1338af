package io.weir.cache;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import java.nio.file.Path;

/**
 * Whether answers are also given to questions that mean the same, and how sure that has to be.
 *
 * @param library where the jars of the model are; relative to the data directory
 * @param threshold the least likeness of two questions, a cosine
 * @param maxEntries of questions that are remembered
 * @param checkShare of those that would be given an earlier answer, how many are asked all the same
 */
public record SemanticConfig(
        boolean enabled, Path library, double threshold, int maxEntries, double checkShare) {
    /** Only equal requests get an answer again. */
    public static final SemanticConfig OFF =
            new SemanticConfig(false, Path.of("semantic"), 0.95, 10_000, 0.05);

    /** Reads it. */
    static SemanticConfig from(Settings settings) {
        return new SemanticConfig(
                settings.flag(
                        "cache.semantic.enabled",
                        false,
                        "give an answer also to a chat whose last message means the same as that of an earlier one, all else being equal"),
                Path.of(
                        settings.text(
                                "cache.semantic.library",
                                "semantic",
                                "the directory with the jars of the embedding model, from the data directory")),
                share(
                        settings,
                        "cache.semantic.threshold",
                        "0.95",
                        0.5,
                        "how much alike two messages have to be, from 0.5 to 1"),
                settings.number(
                        "cache.semantic.max_entries",
                        10_000,
                        1,
                        1_000_000,
                        "messages that are remembered, 2 KB each"),
                share(
                        settings,
                        "cache.semantic.check_share",
                        "0.05",
                        0,
                        "of the answers that would be given so, how many are asked for all the same, to see whether they are alike"));
    }

    private static double share(
            Settings settings, String key, String fallback, double least, String meaning) {
        String text = settings.text(key, fallback, meaning);
        try {
            double share = Double.parseDouble(text);
            if (share >= least && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ConfigException(
                "%s: '%s' is not a number from %s to 1.".formatted(key, text, least));
    }
}
