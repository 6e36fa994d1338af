package io.weir.access;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of thing that is looked after, and its form in JSON.
 *
 * @param <T> one of them; immutable
 */
public interface Kind<T> {
    /** A kind by its word and its form in JSON. */
    static <T> Kind<T> of(String word, Function<T, ObjectNode> json, Function<JsonNode, T> reader) {
        return new Kind<>() {
            @Override
            public String word() {
                return word;
            }

            @Override
            public ObjectNode json(T one) {
                return json.apply(one);
            }

            @Override
            public T of(JsonNode given) {
                return reader.apply(given);
            }
        };
    }

    /** Its word in the log, {@code key} for instance. */
    String word();

    /** One in JSON. */
    ObjectNode json(T one);

    /**
     * One from its JSON.
     *
     * @throws RuntimeException where it is not its JSON
     */
    T of(JsonNode json);

    /**
     * The hash by which calls find one that stands in JSON between {@code from} and {@code until},
     * where that is all that a start has to know of it and it can be told without decoding it; null
     * otherwise.
     */
    default @Nullable KeyHash plainHash(byte[] json, int from, int until) {
        return null;
    }
}
