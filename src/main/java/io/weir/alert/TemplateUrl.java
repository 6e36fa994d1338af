package io.weir.alert;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL with names in its path and query. It may hold a secret and is not shown.
 *
 * @param server scheme, host and port, as they are written
 */
record TemplateUrl(String server, Template path) {
    private static final Pattern PARTS = Pattern.compile("([^/?#]*//[^/?#{}]*)(.*)");

    /**
     * The template of a URL.
     *
     * @throws IllegalArgumentException if it is none, or has a name in it that there is not
     */
    static TemplateUrl of(String url) {
        Matcher parts = PARTS.matcher(url);
        if (!parts.matches() || parts.group(2).startsWith("{")) {
            throw new IllegalArgumentException(
                    "url begins with https:// and a host, and has names in path and query only");
        }
        String path = parts.group(2).startsWith("/") ? parts.group(2) : "/" + parts.group(2);
        return new TemplateUrl(parts.group(1), Template.of(path, TemplateValues.names()));
    }

    /** The whole of it, with something in the place of each name. */
    String example() {
        return server + path.filled(name -> "x");
    }

    /** Path and query with these values, of which nothing is left that a URL makes parts of. */
    String filled(UnaryOperator<String> values) {
        return path.filled(name -> encoded(values.apply(name)));
    }

    @Override
    public String toString() {
        return "TemplateUrl[" + server + "]";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
