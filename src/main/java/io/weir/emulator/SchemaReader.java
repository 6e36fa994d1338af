package io.weir.emulator;

import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON schemas for {@link SchemaSample}: follows references, joins parts, chooses among
 * alternatives and types. Belongs to one sample.
 */
final class SchemaReader {
    /** Below this depth the shortest way out of a recursion is taken. */
    static final int DEEP = 6;

    private static final int MOST_HOPS = 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode root;
    private final RandomGenerator random;
    private int hopsLeft;

    SchemaReader(JsonNode root, RandomGenerator random) {
        this.root = root;
        this.random = random;
    }

    /** The plain schema that a schema stands for. */
    JsonNode plain(JsonNode given, int depth) {
        hopsLeft = MOST_HOPS;
        return flat(given, depth);
    }

    private JsonNode flat(JsonNode given, int depth) {
        JsonNode schema = given;
        while (hopsLeft-- > 0) {
            Optional<JsonNode> next = step(schema, depth);
            if (next.isEmpty()) {
                return schema;
            }
            schema = next.get();
        }
        return NODES.objectNode();
    }

    /** The type of the value to make for a plain schema. */
    String type(JsonNode schema, int depth) {
        JsonNode type = schema.path("type");
        if (type.isString()) {
            return type.stringValue();
        }
        if (type.isArray() && !type.isEmpty()) {
            return oneOf(type, depth);
        }
        if (schema.has("properties") || schema.has("required")) {
            return "object";
        }
        if (schema.has("items") || schema.has("prefixItems")) {
            return "array";
        }
        return schema.has("minimum") || schema.has("maximum") ? "number" : "string";
    }

    private static String oneOf(JsonNode types, int depth) {
        boolean wantsNull = depth > DEEP;
        for (JsonNode type : types) {
            if (type.stringValue("").equals("null") == wantsNull) {
                return type.stringValue("");
            }
        }
        return types.path(0).stringValue("null");
    }

    /** A schema with one indirection less; empty where it has none. */
    private Optional<JsonNode> step(JsonNode schema, int depth) {
        JsonNode reference = schema.path("$ref");
        if (reference.isString()) {
            return Optional.of(joined(without(schema, "$ref"), target(reference.stringValue())));
        }
        for (String kind : new String[] {"anyOf", "oneOf"}) {
            JsonNode options = schema.path(kind);
            if (options.isArray() && !options.isEmpty()) {
                return Optional.of(joined(without(schema, kind), option(options, depth)));
            }
        }
        JsonNode parts = schema.path("allOf");
        if (!parts.isArray()) {
            return Optional.empty();
        }
        ObjectNode whole = without(schema, "allOf");
        for (JsonNode part : parts) {
            whole = joined(whole, flat(part, depth));
        }
        return Optional.of(whole);
    }

    private JsonNode option(JsonNode options, int depth) {
        if (depth <= DEEP) {
            return options.path(random.nextInt(options.size()));
        }
        for (JsonNode option : options) {
            if (!option.has("$ref") && !option.has("properties") && !option.has("items")) {
                return option;
            }
        }
        return options.path(0);
    }

    private JsonNode target(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : NODES.objectNode();
    }

    private static ObjectNode without(JsonNode schema, String name) {
        ObjectNode rest = NODES.objectNode();
        schema.forEachEntry((key, value) -> {
            if (!key.equals(name)) {
                rest.set(key, value);
            }
        });
        return rest;
    }

    /** Both schemas' demands; where they contradict each other the second one's. */
    private static ObjectNode joined(JsonNode first, JsonNode second) {
        ObjectNode whole = without(first, "");
        second.forEachEntry((key, value) -> {
            JsonNode present = whole.path(key);
            switch (key) {
                case "properties" -> whole.set(key, joined(present, value));
                case "required" ->
                        whole.set(
                                key,
                                NODES.arrayNode()
                                        .addAll(present.valueStream().toList())
                                        .addAll(value.valueStream().toList()));
                default -> whole.set(key, value);
            }
        });
        return whole;
    }
}
