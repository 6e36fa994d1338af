package io.weir.alert;

import io.weir.wire.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What is posted, with names in its strings. */
sealed interface TemplateBody {
    /** The body of a notification with these values. */
    byte[] filled(UnaryOperator<String> values);

    /** What kind of text it is. */
    String contentType();

    /**
     * A JSON document. Values become the content of its strings, and cannot end one.
     *
     * @param document as configured; names of members are left alone
     */
    record Document(JsonNode document) implements TemplateBody {
        /**
         * The document of a tree, or of a text of JSON.
         *
         * @throws IllegalArgumentException if it is none, or has a name in it that there is not
         */
        static Document of(JsonNode configured) {
            JsonNode document = configured.isString() ? parsed(configured.asString()) : configured;
            if (!document.isContainer()) {
                throw new IllegalArgumentException("body is no JSON object: write one");
            }
            map(document, name -> "");
            return new Document(document);
        }

        @Override
        public byte[] filled(UnaryOperator<String> values) {
            return NotificationJson.bytes(map(document, values));
        }

        @Override
        public String contentType() {
            return "application/json";
        }

        private static JsonNode parsed(String text) {
            try {
                return Json.MAPPER.readTree(text);
            } catch (JacksonException e) {
                throw new IllegalArgumentException(
                        "body is no JSON: its names stand within strings, as \"{{rule}}\"", e);
            }
        }

        private static JsonNode map(JsonNode node, UnaryOperator<String> values) {
            if (node.isString()) {
                return StringNode.valueOf(
                        Template.of(node.asString(), TemplateValues.names()).filled(values));
            }
            if (node.isObject()) {
                ObjectNode copy = Json.MAPPER.createObjectNode();
                node.properties()
                        .forEach(member ->
                                copy.set(member.getKey(), map(member.getValue(), values)));
                return copy;
            }
            if (node.isArray()) {
                ArrayNode copy = Json.MAPPER.createArrayNode();
                node.forEach(item -> copy.add(map(item, values)));
                return copy;
            }
            return node;
        }
    }

    /** A form, as a page's. */
    record Form(Map<String, Template> fields) implements TemplateBody {
        /**
         * The form of a map.
         *
         * @throws IllegalArgumentException if it is none, or has a name in it that there is not
         */
        static Form of(JsonNode configured) {
            if (!configured.isObject()
                    || !configured.valueStream().allMatch(JsonNode::isValueNode)) {
                throw new IllegalArgumentException("form is no map of texts: write one");
            }
            Map<String, Template> fields = new LinkedHashMap<>();
            configured
                    .properties()
                    .forEach(member ->
                            fields.put(
                                    member.getKey(),
                                    Template.of(
                                            member.getValue().asString(), TemplateValues.names())));
            return new Form(fields);
        }

        @Override
        public byte[] filled(UnaryOperator<String> values) {
            return fields.entrySet().stream()
                    .map(field ->
                            encoded(field.getKey())
                                    + "="
                                    + encoded(field.getValue().filled(values)))
                    .collect(Collectors.joining("&"))
                    .getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String contentType() {
            return "application/x-www-form-urlencoded";
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
