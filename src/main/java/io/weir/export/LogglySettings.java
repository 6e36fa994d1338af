package io.weir.export;

import io.weir.outbound.HttpSettings;
import io.weir.wire.Secret;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How events go to Loggly.
 *
 * @param http its url is {@code https://logs-01.loggly.com} for everybody
 * @param token the customer token
 * @param tags at least one; of letters, digits, and {@code - _ .}
 */
record LogglySettings(HttpSettings http, Secret token, List<String> tags) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    LogglySettings {
        tags = List.copyOf(tags);
        if (!TOKEN.matcher(token.reveal()).matches()) {
            throw new IllegalArgumentException(
                    "Loggly's token is of letters, digits and '-': copy it from Source Setup, Customer Tokens");
        }
        if (tags.isEmpty()) {
            throw new IllegalArgumentException("Loggly wants at least one tag: give weir");
        }
        for (String tag : tags) {
            if (!TAG.matcher(tag).matches()) {
                throw new IllegalArgumentException(
                        "'%s' is no tag of Loggly's: begin with a letter or a digit, go on with these and - _ ."
                                .formatted(tag));
            }
        }
    }
}
