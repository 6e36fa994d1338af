package io.weir.outbound;

import io.weir.wire.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a server answered.
 *
 * @param body its first 64 KiB, or as much as was asked for
 * @param retryAfter how long it asks to be left alone
 */
public record HttpAnswer(int status, byte[] body, Optional<Duration> retryAfter) {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** The body as JSON; missing where it is none. */
    public JsonNode json() {
        try {
            JsonNode tree = Json.MAPPER.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** What {@code retry-after} says, in seconds or as a date (RFC 9110, section 10.2.3). */
    public static Optional<Duration> wait(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Optional.empty();
        }
        if (SECONDS.matcher(retryAfter).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        try {
            Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(retryAfter, Instant::from);
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
