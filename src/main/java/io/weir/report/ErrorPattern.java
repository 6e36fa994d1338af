package io.weir.report;

import io.weir.report.TemplateMiner.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pattern of messages and the calls that have it. Mutable, for one thread. */
final class ErrorPattern {
    /** As many names are shown; of the others, how many there are. */
    private static final int MOST_NAMES = 3;

    private final List<@Nullable Object> by;
    private final Template template;
    private final MessageGroup any;
    private final Map<String, Long> models = new LinkedHashMap<>();
    private final Map<String, Long> keys = new LinkedHashMap<>();
    private MessageGroup newest;
    private Instant firstSeen;
    private long calls;

    /**
     * A pattern without calls.
     *
     * @param by the values of the dimensions it was broken down by
     * @param any one of its groups, for what all of them have in common
     */
    ErrorPattern(List<@Nullable Object> by, Template template, MessageGroup any) {
        this.by = by;
        this.template = template;
        this.any = any;
        this.newest = any;
        this.firstSeen = any.firstSeen();
    }

    void add(MessageGroup group) {
        calls += group.calls();
        count(models, group.model(), group.calls());
        count(keys, group.key(), group.calls());
        firstSeen = firstSeen.isBefore(group.firstSeen()) ? firstSeen : group.firstSeen();
        newest = newest.lastSeen().isBefore(group.lastSeen()) ? group : newest;
    }

    /** Times ascending, as in every report, then the most frequent. */
    static Comparator<ErrorPattern> order(List<Dimension> by) {
        Comparator<ErrorPattern> order =
                Comparator.comparingLong((ErrorPattern pattern) -> -pattern.calls)
                        .thenComparing(pattern -> pattern.template.text())
                        .thenComparing(pattern -> pattern.any.example());
        for (int i = by.size() - 1; i >= 0; i--) {
            int place = i;
            if (by.get(i).isTime()) {
                order =
                        Comparator.comparing((ErrorPattern pattern) -> time(pattern, place))
                                .thenComparing(order);
            }
        }
        return order;
    }

    List<@Nullable Object> row() {
        List<@Nullable Object> row = new ArrayList<>(by);
        row.add(template.text());
        row.add(any.error());
        row.add(any.code());
        row.add(any.status());
        row.add(calls);
        row.add((double) calls / any.errorsBeside());
        row.add(firstSeen);
        row.add(newest.lastSeen());
        row.add(names(models));
        row.add(names(keys));
        row.add(newest.message());
        row.add(newest.example());
        row.add(Advice.of(any.error(), any.code()));
        return row;
    }

    private static Instant time(ErrorPattern pattern, int place) {
        return pattern.by.get(place) instanceof Instant time ? time : Instant.MIN;
    }

    private static void count(Map<String, Long> names, @Nullable String name, long more) {
        if (name != null) {
            names.merge(name, more, Long::sum);
        }
    }

    private static @Nullable String names(Map<String, Long> names) {
        if (names.isEmpty()) {
            return null;
        }
        String most =
                names.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(MOST_NAMES)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining(", "));
        int others = names.size() - MOST_NAMES;
        return others > 0 ? most + " and " + others + " more" : most;
    }
}
