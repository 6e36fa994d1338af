package io.weir.prices;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model's end.
 *
 * @param model its name
 * @param aliases other names of the same model, dated ones mostly
 * @param announced the day its end was announced; null where that is not known
 * @param shutdown the day from which calls of it fail; null where none is known
 * @param replacement what its provider names in its place, in its words; null where it names none
 * @param source where this is said
 */
public record ModelFact(
        String model,
        List<String> aliases,
        @Nullable LocalDate announced,
        @Nullable LocalDate shutdown,
        @Nullable String replacement,
        String source) {
    public ModelFact {
        aliases = List.copyOf(aliases);
        if (model.isBlank()) {
            throw new IllegalArgumentException("an entry has no model name");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("%s: no source is named".formatted(model));
        }
        if (announced != null && shutdown != null && shutdown.isBefore(announced)) {
            throw new IllegalArgumentException(
                    "%s: shut down on %s, before it was announced on %s"
                            .formatted(model, shutdown, announced));
        }
    }

    /** All names it is known by, its own first. */
    List<String> names() {
        return Stream.concat(Stream.of(model), aliases.stream()).toList();
    }
}
