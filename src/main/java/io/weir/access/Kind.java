package io.weir.access;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of thing that is looked after, and its form in JSON.
 *
 * @param <T> one of them; immutable
 */
public interface Kind<T> {
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
}
