package io.weir.emulator;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the form an answer must have. */
final class FormInput {
    private static final Set<String> TYPES = Set.of("text", "json_object", "json_schema");

    private FormInput() {}

    /** The form: chat nests a schema in {@code json_schema}, the Responses API does not. */
    static Form form(JsonNode format) {
        return switch (format.path("type").stringValue("text")) {
            case "json_object" -> new Form.AnyObject();
            case "json_schema" ->
                    new Form.Shaped(
                            format.has("json_schema")
                                    ? format.path("json_schema").path("schema")
                                    : format.path("schema"));
            default -> new Form.Free();
        };
    }

    /**
     * Checks a form.
     *
     * @param at the form's place in the request
     * @param schemaAt the place of the schema's name and text, {@code format} or within it
     * @param prompt what must speak of JSON, if plain JSON is asked for
     */
    static void check(Check check, JsonNode format, String at, JsonNode schemaAt, JsonNode prompt) {
        if (!format.isObject()) {
            return;
        }
        JsonNode type = format.path("type");
        check.that(type.isString(), () -> Refusals.missing(at + ".type"));
        check.that(
                TYPES.contains(type.stringValue("")),
                () ->
                        Refusals.unsupportedValue(
                                at + ".type",
                                type.stringValue(""),
                                "'text', 'json_object', and 'json_schema'"));
        if (type.stringValue("").equals("json_schema")) {
            check.that(schemaAt.isObject(), () -> Refusals.missing(at + ".json_schema"));
            check.that(schemaAt.path("name").isString(), () -> Refusals.missing(at + ".name"));
            check.that(schemaAt.path("schema").isObject(), () -> Refusals.missing(at + ".schema"));
        }
        if (type.stringValue("").equals("json_object")) {
            check.that(
                    prompt.toString().toLowerCase(Locale.ROOT).contains("json"),
                    () ->
                            Refusals.invalid(
                                    null,
                                    "messages",
                                    "'messages' must contain the word 'json' in some form, to use"
                                            + " 'response_format' of type 'json_object'."));
        }
    }
}
