package io.weir.access;

import io.weir.call.Priority;
import io.weir.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What calls may be made, of a key or of a whole project, and how urgent they are.
 *
 * @param models that may be asked for
 * @param endpoints by {@link Endpoint#name()}
 * @param networks that they may come from
 * @param priority of those that have to wait, at most; null where nothing is said
 */
public record Bounds(
        Patterns models, Patterns endpoints, Networks networks, @Nullable Priority priority) {
    /** Every call. */
    public static final Bounds NONE = new Bounds(Patterns.ANY, Patterns.ANY, Networks.ANY, null);

    /**
     * As text gives them.
     *
     * @throws IllegalArgumentException saying what will not do
     */
    public static Bounds of(List<String> models, List<String> endpoints, List<String> networks) {
        return new Bounds(
                new Patterns(models), new Patterns(endpoints), new Networks(networks), null);
    }

    /** The same for calls of that priority at most; null to say nothing of it. */
    public Bounds with(@Nullable Priority other) {
        return new Bounds(models, endpoints, networks, other);
    }

    void write(ObjectNode json) {
        write(json.putArray("models"), models.all());
        write(json.putArray("endpoints"), endpoints.all());
        write(json.putArray("networks"), networks.all());
        json.put("priority", priority == null ? null : priority.word());
    }

    static Bounds read(JsonNode json) {
        JsonNode priority = json.path("priority");
        return of(
                        texts(json.path("models")),
                        texts(json.path("endpoints")),
                        texts(json.path("networks")))
                .with(priority.isString() ? Priority.of(priority.asString()) : null);
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
