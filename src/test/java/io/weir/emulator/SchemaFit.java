package io.weir.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A small validator: says where a value does not fit a JSON schema. */
record SchemaFit(JsonNode root) {
    /** The first misfit. */
    Optional<String> misfit(JsonNode schema, JsonNode value) {
        List<String> wrong = new ArrayList<>();
        check(schema, value, "$", wrong);
        return wrong.stream().findFirst();
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asString();
            check(reference.equals("#") ? root : root.at(reference.substring(1)), value, at, wrong);
        }
        for (String kind : List.of("anyOf", "oneOf")) {
            if (schema.has(kind)
                    && schema.path(kind)
                            .valueStream()
                            .noneMatch(option -> misfit(option, value).isEmpty())) {
                wrong.add(at + " fits no " + kind);
            }
        }
        schema.path("allOf").forEach(part -> check(part, value, at, wrong));
        require(fitsType(schema.path("type"), value), at + " is no " + schema.path("type"), wrong);
        require(
                !schema.has("enum") || schema.path("enum").valueStream().anyMatch(value::equals),
                at + " not in enum: " + value,
                wrong);
        require(
                !schema.has("const") || schema.path("const").equals(value),
                at + " is not the constant",
                wrong);
        if (value.isString()) {
            string(schema, value.asString(), at, wrong);
        } else if (value.isNumber()) {
            number(schema, value, at, wrong);
        } else if (value.isArray()) {
            array(schema, value, at, wrong);
        } else if (value.isObject()) {
            object(schema, value, at, wrong);
        }
    }

    private static boolean fitsType(JsonNode type, JsonNode value) {
        if (type.isMissingNode()) {
            return true;
        }
        if (type.isArray()) {
            return type.valueStream().anyMatch(one -> fitsType(one, value));
        }
        return switch (type.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("no such type: " + type);
        };
    }

    private static void string(JsonNode schema, String value, String at, List<String> wrong) {
        require(value.length() >= schema.path("minLength").asInt(0), at + " too short", wrong);
        require(
                value.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE),
                at + " too long",
                wrong);
        require(
                !schema.has("pattern")
                        || Pattern.compile(schema.path("pattern").asString()).matcher(value).find(),
                at + " does not match: " + value,
                wrong);
    }

    private static void number(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        double number = value.asDouble();
        double largest = Double.MAX_VALUE;
        boolean within =
                number >= schema.path("minimum").asDouble(-largest)
                        && number <= schema.path("maximum").asDouble(largest)
                        && number > schema.path("exclusiveMinimum").asDouble(-largest)
                        && number < schema.path("exclusiveMaximum").asDouble(largest);
        require(within, at + " out of bounds: " + number, wrong);
        double quotient = number / schema.path("multipleOf").asDouble(number);
        require(
                !schema.has("multipleOf") || Math.abs(quotient - Math.rint(quotient)) < 1e-9,
                at + " no multiple: " + number,
                wrong);
    }

    private void array(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        require(value.size() >= schema.path("minItems").asInt(0), at + " has too few", wrong);
        require(
                value.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE),
                at + " has too many",
                wrong);
        require(
                !schema.path("uniqueItems").asBoolean(false)
                        || value.valueStream().distinct().count() == value.size(),
                at + " repeats itself",
                wrong);
        JsonNode first = schema.path("prefixItems");
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = i < first.size() ? first.path(i) : schema.path("items");
            if (item.isObject()) {
                check(item, value.path(i), at + "[" + i + "]", wrong);
            }
        }
    }

    private void object(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        schema.path("required")
                .forEach(name -> require(value.has(name.asString()), at + " lacks " + name, wrong));
        JsonNode others = schema.path("additionalProperties");
        value.forEachEntry((name, property) -> {
            JsonNode known = schema.path("properties").path(name);
            boolean allowed = known.isObject() || !others.isBoolean() || others.asBoolean();
            require(allowed, at + " has a foreign " + name, wrong);
            if (known.isObject() || others.isObject()) {
                check(known.isObject() ? known : others, property, at + "." + name, wrong);
            }
        });
    }

    private static void require(boolean fits, String otherwise, List<String> wrong) {
        if (!fits) {
            wrong.add(otherwise);
        }
    }
}
