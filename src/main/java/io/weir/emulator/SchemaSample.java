package io.weir.emulator;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value that fits a JSON schema: the part of JSON Schema that structured outputs know, and some
 * more. What it cannot satisfy it passes over; it never fails. Made for one value and one thread.
 *
 * @see <a href="https://platform.openai.com/docs/guides/structured-outputs">Structured outputs</a>
 */
final class SchemaSample {
    private static final int DEEPEST = 40;
    private static final int MOST_NODES = 5_000;
    private static final int MOST_ITEMS = 200;
    private static final int SHALLOW = 3;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode root;
    private final RandomGenerator random;
    private final SchemaReader reader;
    private final ScalarSample scalars;
    private int nodes;

    SchemaSample(JsonNode root, RandomGenerator random, Hints hints) {
        this.root = root;
        this.random = random;
        this.reader = new SchemaReader(root, random);
        this.scalars = new ScalarSample(random, hints);
    }

    /** The value. */
    JsonNode value() {
        return value(root, 0);
    }

    private JsonNode value(JsonNode given, int depth) {
        nodes++;
        if (depth > DEEPEST || nodes > MOST_NODES) {
            return NODES.nullNode();
        }
        JsonNode schema = reader.plain(given, depth);
        if (schema.has("const")) {
            return schema.path("const");
        }
        JsonNode choices = schema.path("enum");
        if (choices.isArray() && !choices.isEmpty()) {
            return choices.path(random.nextInt(choices.size()));
        }
        return switch (reader.type(schema, depth)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "string" -> NODES.stringNode(scalars.string(schema));
            case "integer" -> NODES.numberNode(scalars.integer(schema));
            case "number" -> NODES.numberNode(scalars.number(schema));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        Set<String> required = new LinkedHashSet<>();
        for (JsonNode name : schema.path("required")) {
            name.stringValueOpt().ifPresent(required::add);
        }
        JsonNode properties = schema.path("properties");
        properties.forEachEntry((name, property) -> {
            if (depth <= SchemaReader.DEEP || required.contains(name)) {
                object.set(name, value(property, depth + 1));
            }
        });
        JsonNode others = schema.path("additionalProperties");
        for (String name : required) {
            if (!object.has(name)) {
                object.set(name, value(others, depth + 1));
            }
        }
        if (others.isObject() && object.isEmpty() && depth < SHALLOW) {
            object.set(scalars.word(), value(others, depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = NODES.arrayNode();
        JsonNode first = schema.path("prefixItems");
        for (JsonNode item : first) {
            array.add(value(item, depth + 1));
        }
        if (array.isEmpty() || schema.path("items").isObject()) {
            fill(array, schema, depth);
        }
        return array;
    }

    private void fill(ArrayNode array, JsonNode schema, int depth) {
        int least = Math.clamp(schema.path("minItems").asInt(0), 0, MOST_ITEMS);
        int most = Math.clamp(schema.path("maxItems").asInt(MOST_ITEMS), least, MOST_ITEMS);
        int wanted =
                depth < SHALLOW ? Math.clamp(least + 1 + random.nextInt(2), least, most) : least;
        boolean unique = schema.path("uniqueItems").asBoolean(false);
        for (int tries = 0; array.size() < wanted && tries < 4 * wanted; tries++) {
            JsonNode item = value(schema.path("items"), depth + 1);
            if (!unique || array.valueStream().noneMatch(item::equals)) {
                array.add(item);
            }
        }
    }
}
