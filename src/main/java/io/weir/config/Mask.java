package io.weir.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Shows configured values without the secrets in them. */
final class Mask {
    private static final String MASK = "***";

    /** Fields of requests, whose names do not tell which of them is a secret. */
    private static final String HEADERS = "headers";

    private static final Pattern REFERENCE = Pattern.compile("(env|file):\\S*");
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern SECRET =
            Pattern.compile("(^|[._])(key|secret|password|(access|auth|api|bearer)_token)$");
    private static final Pattern USER_OF_URL = Pattern.compile("(//)[^/@\\s]*@");

    private Mask() {}

    /** A value of that name; where a reference says where the secret is, that is no secret. */
    static String text(String name, String value) {
        boolean reference = value.startsWith("env:") || value.startsWith("file:");
        if (SECRET.matcher(name).find() && !reference && !value.isEmpty()) {
            return MASK;
        }
        return USER_OF_URL.matcher(value).replaceAll("$1" + MASK + "@");
    }

    /** A value of that name, and each within it by its own. */
    static String node(String name, JsonNode node) {
        if (node.isObject()) {
            List<String> members =
                    node.properties().stream()
                            .map(each ->
                                    each.getKey()
                                            + ": "
                                            + (name.equals(HEADERS)
                                                    ? references(each.getValue().asString())
                                                    : node(each.getKey(), each.getValue())))
                            .toList();
            return "{" + String.join(", ", members) + "}";
        }
        if (node.isArray()) {
            List<String> items = node.valueStream().map(each -> node(name, each)).toList();
            return "[" + String.join(", ", items) + "]";
        }
        return text(name, node.asString());
    }

    /** Of a header's words only those that say where it is. */
    private static String references(String value) {
        return WORD.matcher(value)
                .replaceAll(word ->
                        REFERENCE.matcher(word.group()).matches()
                                ? Matcher.quoteReplacement(word.group())
                                : Matcher.quoteReplacement(MASK));
    }
}
