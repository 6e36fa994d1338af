package io.weir.web;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Texts and JSON as literals of a language, whatever they hold. */
final class Quoted {
    private static final String INDENT = "    ";

    private Quoted() {}

    /** For a POSIX shell: nothing is special between single quotes but the quote itself. */
    static String shell(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** For JSON, and so for JavaScript and Python, whose escapes include JSON's. */
    static String json(String text) {
        return StringNode.valueOf(text).toString();
    }

    /** For Java. */
    static String java(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (c < ' ') {
                        literal.append(String.format("\\%03o", (int) c));
                    } else {
                        literal.append(c);
                    }
                }
            }
        }
        return literal.append('"').toString();
    }

    /**
     * JSON as an expression of JavaScript. In a literal a member called {@code __proto__} would not
     * be a member, hence the other form for it.
     */
    static String script(JsonNode json) {
        String text = Bodies.pretty(json);
        return text.contains("__proto__") ? "JSON.parse(" + json(json.toString()) + ")" : text;
    }

    /** JSON as an expression of Python. */
    static String python(JsonNode json) {
        return python(json, "");
    }

    private static String python(JsonNode json, String indent) {
        String inner = indent + INDENT;
        if (json.isObject() && !json.isEmpty()) {
            return json.properties().stream()
                    .map(each -> inner + member(each, inner))
                    .collect(Collectors.joining(",\n", "{\n", ",\n" + indent + "}"));
        }
        if (json.isArray() && !json.isEmpty()) {
            return json.valueStream()
                    .map(each -> inner + python(each, inner))
                    .collect(Collectors.joining(",\n", "[\n", ",\n" + indent + "]"));
        }
        if (json.isBoolean()) {
            return json.booleanValue() ? "True" : "False";
        }
        return json.isNull() ? "None" : json.toString();
    }

    private static String member(Map.Entry<String, JsonNode> member, String indent) {
        return json(member.getKey()) + ": " + python(member.getValue(), indent);
    }
}
