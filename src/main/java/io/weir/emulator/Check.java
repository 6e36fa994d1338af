package io.weir.emulator;

import io.weir.wire.ApiError;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Looks a request over and keeps the first thing that is wrong with it, in the API's words. An
 * optional parameter that is {@code null} counts as absent. Belongs to one thread.
 */
final class Check {
    private final JsonNode body;
    private @Nullable ApiError wrong;

    Check(JsonNode body) {
        this.body = body;
    }

    /** What is wrong, if anything is. */
    Optional<ApiError> error() {
        return Optional.ofNullable(wrong);
    }

    Check required(String name) {
        return that(body.has(name), () -> Refusals.missing(name));
    }

    /** A list of at least one. */
    Check filledArray(String name, String expected) {
        JsonNode value = body.path(name);
        that(value.isArray(), () -> Refusals.wrongType(name, expected, kind(value)));
        return that(!value.isEmpty(), () -> Refusals.emptyArray(name));
    }

    /** A list, if it is there, of no more than so many. */
    Check array(String name, int most) {
        return optional(name, JsonNode::isArray, "an array")
                .that(
                        body.path(name).size() <= most,
                        () -> Refusals.longArray(name, most, body.path(name).size()));
    }

    Check object(String name) {
        return optional(name, JsonNode::isObject, "an object");
    }

    Check bool(String name) {
        return optional(name, JsonNode::isBoolean, "a boolean");
    }

    Check string(String name) {
        return optional(name, JsonNode::isString, "a string");
    }

    Check integer(String name, long least, long most) {
        optional(name, JsonNode::isIntegralNumber, "an integer");
        return within("integer", name, least, most);
    }

    Check decimal(String name, long least, long most) {
        optional(name, JsonNode::isNumber, "a decimal");
        return within("decimal", name, least, most);
    }

    /** Anything else that must be so. */
    Check that(boolean fine, Supplier<ApiError> otherwise) {
        if (!fine && wrong == null) {
            wrong = otherwise.get();
        }
        return this;
    }

    /** A JSON value's kind, with its article. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> value.isEmpty() ? "an empty array" : "an array";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a string";
            case BOOLEAN -> "a boolean";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal";
            case NULL, MISSING -> "null";
        };
    }

    private Check optional(String name, Predicate<JsonNode> type, String expected) {
        JsonNode value = body.path(name);
        boolean absent = value.isMissingNode() || value.isNull();
        return that(
                absent || type.test(value), () -> Refusals.wrongType(name, expected, kind(value)));
    }

    private Check within(String kind, String name, long least, long most) {
        JsonNode value = body.path(name);
        if (wrong != null || !value.isNumber()) {
            return this;
        }
        BigDecimal number = value.decimalValue();
        that(
                number.compareTo(BigDecimal.valueOf(least)) >= 0,
                () -> Refusals.below(kind, name, Long.toString(least), value.toString()));
        return that(
                number.compareTo(BigDecimal.valueOf(most)) <= 0,
                () -> Refusals.above(kind, name, Long.toString(most), value.toString()));
    }
}
