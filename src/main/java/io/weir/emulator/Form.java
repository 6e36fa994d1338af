package io.weir.emulator;

import tools.jackson.databind.JsonNode;

/** The form that an answer must have: {@code response_format}, or {@code text.format}. */
sealed interface Form {
    /** Any text. */
    record Free() implements Form {}

    /** Any JSON object. */
    record AnyObject() implements Form {}

    /** JSON that fits a schema. */
    record Shaped(JsonNode schema) implements Form {}
}
