package io.weir.emulator;

import io.weir.wire.ApiError;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the API of usages and costs, checked as the API does.
 *
 * @param start of the first bucket, in seconds since 1970
 * @param end which no bucket begins at or after
 * @param width of a bucket in seconds
 * @param only what values the results may have, by the field's name
 */
record UsageQuery(
        long start,
        long end,
        long width,
        int limit,
        Set<String> groupBy,
        Map<String, List<String>> only) {
    private static final String PAGE = "page_";
    private static final long DAY = 86_400;
    private static final long HOUR = 3_600;
    private static final long MINUTE = 60;

    /** How many days of costs an answer may have; costs are told by the day only. */
    static final int COST_DAYS = 180;

    /** How many days of usage an answer may have. */
    static final int USAGE_DAYS = 31;

    /** Says what is wrong with a query. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient ApiError error;

        Wrong(ApiError error) {
            super(error.message());
            this.error = error;
        }

        ApiError error() {
            return error;
        }
    }

    UsageQuery {
        groupBy = Set.copyOf(groupBy);
        only = Map.copyOf(only);
    }

    /**
     * Reads a query string.
     *
     * @param groups what can be grouped by
     * @param mostDays how many buckets of a day an answer may have
     * @param now in seconds since 1970, where nothing ends it
     */
    static UsageQuery of(@Nullable String query, Set<String> groups, int mostDays, long now)
            throws Wrong {
        Map<String, List<String>> given = parameters(query);
        long width = width(last(given, "bucket_width", "1d"), mostDays);
        int most = width == DAY ? mostDays : width == HOUR ? 168 : 1_440;
        String start = last(given, "start_time", "");
        if (start.isEmpty()) {
            throw new Wrong(Refusals.missing("start_time"));
        }
        String page = last(given, "page", "");
        long from = page.isEmpty() ? number("start_time", start) : started(page);
        long limit = number("limit", last(given, "limit", usual(width)));
        if (limit < 1 || limit > most) {
            throw new Wrong(
                    limit < 1
                            ? Refusals.below("integer", "limit", "1", Long.toString(limit))
                            : Refusals.above(
                                    "integer",
                                    "limit",
                                    Integer.toString(most),
                                    Long.toString(limit)));
        }
        String end = last(given, "end_time", "");
        return new UsageQuery(
                Math.floorDiv(from, width) * width,
                end.isEmpty() ? now : number("end_time", end),
                width,
                (int) limit,
                groups(given, groups),
                filters(given));
    }

    /** Whether the query means it. */
    boolean means(Used used) {
        return allows("models", used.model())
                && allows("project_ids", used.project())
                && allows("api_key_ids", used.apiKey());
    }

    /** The value of a field that results are grouped by; null where they are not. */
    @Nullable String grouped(String field, Function<Used, String> of, Used used) {
        return groupBy.contains(field) ? of.apply(used) : null;
    }

    /** Where the buckets of the next page begin, as a cursor. */
    static String page(long start) {
        return PAGE
                + Base64.getUrlEncoder()
                        .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(start).array());
    }

    private boolean allows(String parameter, String value) {
        List<String> values = only.getOrDefault(parameter, List.of());
        return values.isEmpty() || values.contains(value);
    }

    private static String usual(long width) {
        return width == DAY ? "7" : width == HOUR ? "24" : "60";
    }

    private static long width(String word, int mostDays) throws Wrong {
        boolean narrow = mostDays < COST_DAYS;
        if (word.equals("1d")) {
            return DAY;
        }
        if (narrow && word.equals("1h")) {
            return HOUR;
        }
        if (narrow && word.equals("1m")) {
            return MINUTE;
        }
        throw new Wrong(
                Refusals.unsupportedValue(
                        "bucket_width", word, narrow ? "'1m', '1h', and '1d'" : "'1d'"));
    }

    private static Set<String> groups(Map<String, List<String>> given, Set<String> known)
            throws Wrong {
        List<String> groups = given.getOrDefault("group_by", List.of());
        for (String group : groups) {
            if (!known.contains(group)) {
                throw new Wrong(
                        Refusals.unsupportedValue(
                                "group_by",
                                group,
                                "'" + String.join("', '", known.stream().sorted().toList()) + "'"));
            }
        }
        return Set.copyOf(groups);
    }

    private static Map<String, List<String>> filters(Map<String, List<String>> given) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        for (String name : List.of("models", "project_ids", "api_key_ids")) {
            filters.put(name, List.copyOf(given.getOrDefault(name, List.of())));
        }
        return filters;
    }

    private static long number(String name, String text) throws Wrong {
        if (!text.matches("\\d{1,12}")) {
            throw new Wrong(Refusals.wrongType(name, "an integer", "a string"));
        }
        return Long.parseLong(text);
    }

    private static long started(String page) throws Wrong {
        try {
            byte[] cursor = Base64.getUrlDecoder().decode(page.substring(PAGE.length()));
            return ByteBuffer.wrap(cursor).getLong();
        } catch (RuntimeException e) {
            throw new Wrong(Refusals.invalid("invalid_page", "page", "Invalid page: " + page));
        }
    }

    /** Lists are given as {@code group_by=a&group_by=b}, or with brackets behind the name. */
    private static Map<String, List<String>> parameters(@Nullable String query) throws Wrong {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = decoded(pair.substring(0, equals)).replace("[]", "");
                parameters
                        .computeIfAbsent(name, unseen -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) throws Wrong {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Wrong(Refusals.invalid(null, null, "Malformed query string."));
        }
    }

    private static String last(Map<String, List<String>> given, String name, String otherwise) {
        List<String> values = given.getOrDefault(name, List.of());
        return values.isEmpty() ? otherwise : values.getLast();
    }
}
