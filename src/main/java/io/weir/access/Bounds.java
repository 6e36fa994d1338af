package io.weir.access;

import io.weir.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What calls may be made, of a key or of a whole project.
 *
 * @param models that may be asked for
 * @param endpoints by {@link Endpoint#name()}
 * @param networks that they may come from
 */
public record Bounds(Patterns models, Patterns endpoints, Networks networks) {
    /** Every call. */
    public static final Bounds NONE = new Bounds(Patterns.ANY, Patterns.ANY, Networks.ANY);

    /**
     * As text gives them.
     *
     * @throws IllegalArgumentException saying what will not do
     */
    public static Bounds of(List<String> models, List<String> endpoints, List<String> networks) {
        return new Bounds(new Patterns(models), new Patterns(endpoints), new Networks(networks));
    }

    void write(ObjectNode json) {
        write(json.putArray("models"), models.all());
        write(json.putArray("endpoints"), endpoints.all());
        write(json.putArray("networks"), networks.all());
    }

    static Bounds read(JsonNode json) {
        return of(
                texts(json.path("models")),
                texts(json.path("endpoints")),
                texts(json.path("networks")));
    }

    static void write(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    static List<String> texts(JsonNode array) {
        if (array.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
