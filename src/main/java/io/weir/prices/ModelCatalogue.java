package io.weir.prices;

import io.weir.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * When models end, and what comes in their place. Immutable. A model is looked up by its own names
 * only: a dated name says nothing of the undated one, nor the other way round.
 */
public final class ModelCatalogue {
    private static final String SHIPPED = "models.json";
    private static final Set<String> FIELDS =
            Set.of("model", "aliases", "announced", "shutdown", "replacement", "source");

    private final List<ModelFact> facts;
    private final Map<String, ModelFact> byName = new HashMap<>();

    private ModelCatalogue(List<ModelFact> facts) {
        this.facts = List.copyOf(facts);
        for (ModelFact fact : facts) {
            for (String name : fact.names()) {
                if (byName.put(name, fact) != null) {
                    throw new IllegalArgumentException("two entries are about " + name);
                }
            }
        }
    }

    /** The one that comes with Weir: OpenAI's models. It is read anew at each call. */
    public static ModelCatalogue shipped() {
        try (InputStream in = ModelCatalogue.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the catalogue " + SHIPPED + " is not in the jar");
            }
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One from its JSON; see {@code docs/prices.md} for the form.
     *
     * @throws IllegalArgumentException saying which entry is wrong and how
     */
    public static ModelCatalogue parse(byte[] json) {
        JsonNode models;
        try {
            models = Json.MAPPER.readTree(json).path("models");
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the catalogue is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!models.isArray()) {
            throw new IllegalArgumentException("the catalogue has no list called models");
        }
        List<ModelFact> facts = new ArrayList<>();
        for (JsonNode model : models) {
            facts.add(fact(model, facts.size() + 1));
        }
        return new ModelCatalogue(facts);
    }

    /** Everything in it, in its order. */
    public List<ModelFact> facts() {
        return facts;
    }

    /** What is known of the model of that name. */
    public Optional<ModelFact> find(String name) {
        ModelFact fact = byName.get(name);
        return Optional.ofNullable(
                fact == null ? byName.get(ModelName.withoutProvider(name)) : fact);
    }

    private static ModelFact fact(JsonNode json, int number) {
        for (String field : json.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw wrong(number, "there is no field called " + field);
            }
        }
        try {
            return new ModelFact(
                    json.path("model").asString(""),
                    aliases(json.path("aliases")),
                    date(json.path("announced")),
                    date(json.path("shutdown")),
                    json.path("replacement").asString(null),
                    json.path("source").asString(""));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(number, e.getMessage());
        }
    }

    private static List<String> aliases(JsonNode list) {
        if (!list.isMissingNode() && !list.isArray()) {
            throw new IllegalArgumentException("aliases is not a list");
        }
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static @Nullable LocalDate date(JsonNode text) {
        return text.isMissingNode() ? null : LocalDate.parse(text.asString(""));
    }

    private static IllegalArgumentException wrong(int number, @Nullable String what) {
        return new IllegalArgumentException("model %d: %s".formatted(number, what));
    }
}
