package io.weir.report;

import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.wire.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls of two times, each in one pass: by each value of each attribute, and by which of a
 * few traits they have.
 *
 * @param filter what else the calls must be
 * @param judgesSlow whether it matters which were slow
 */
record WhyQuestion(
        Span asked,
        Span before,
        CallFilter filter,
        List<Attribute> attributes,
        boolean judgesSlow) {
    /** Of an attribute with more values the worst are looked at: users, for instance. */
    private static final int MOST_VALUES = 300;

    /** Fewer calls have no percentile to speak of. */
    private static final int LEAST_FOR_LIMIT = 40;

    private static final String JOINED_LIMITS =
            """
            LEFT JOIN limits AS theirs
                ON theirs.any_model = 1 AND theirs.limited_endpoint = endpoint
            LEFT JOIN limits AS own ON own.any_model = 0
                AND own.limited_endpoint = endpoint AND own.limited_model = %s\
            """
                    .formatted(Words.MODEL);

    /** The tallies of calls with that value, one for each trouble; of all without an attribute. */
    record Counted(@Nullable Attribute attribute, String value, Map<Trouble, Sides> tallies) {
        Sides sides(Trouble trouble) {
            return tallies.getOrDefault(trouble, Sides.NONE);
        }
    }

    /** The tallies of calls that have the traits whose bits are set, and no other. */
    record Cell(long traits, Sides sides) {}

    /** Of all calls and of each value, a tally for each trouble. */
    List<Counted> values(CallStore store) throws StoreUnavailable {
        String its = attributes.stream().map(Attribute::column).collect(Collectors.joining(", "));
        String sets =
                attributes.stream()
                        .map(attribute -> "(asked, " + attribute.column() + ")")
                        .collect(Collectors.joining(", "));
        String values =
                attributes.stream()
                        .map(attribute -> attribute.column() + "::VARCHAR")
                        .collect(Collectors.joining(", "));
        String sql =
                """
                %1$s, counted AS (
                    SELECT grouping_id(%2$s) AS place, coalesce(%3$s, '') AS value, asked, %4$s
                    FROM judged GROUP BY GROUPING SETS ((asked), %5$s)),
                worst AS (
                    SELECT place, value FROM counted WHERE asked AND value <> ''
                    QUALIFY row_number() OVER (
                            PARTITION BY place ORDER BY slow + failed DESC, value) <= %6$d
                        OR row_number() OVER (PARTITION BY place ORDER BY cost DESC, value) <= %6$d)
                SELECT * FROM counted
                WHERE place = %7$d OR (place, value) IN (SELECT (place, value) FROM worst)
                ORDER BY place DESC, value, asked
                """
                        .formatted(
                                judged(judgesSlow),
                                its,
                                values,
                                Arrays.stream(Trouble.values())
                                        .map(WhyQuestion::tally)
                                        .collect(Collectors.joining(", ")),
                                sets,
                                MOST_VALUES,
                                (1L << attributes.size()) - 1);
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("place", Unit.NUMBER));
        columns.add(new Column("value", Unit.TEXT));
        columns.add(new Column("asked", Unit.FLAG));
        Arrays.stream(Trouble.values()).forEach(trouble -> columns.addAll(tallied(trouble)));
        return merged(store.table(sql, parameters(judgesSlow), columns));
    }

    /** The tallies for a trouble of every combination of traits that calls have. */
    List<Cell> cells(CallStore store, Trouble trouble, List<Trait> traits) throws StoreUnavailable {
        boolean slow = trouble == Trouble.SLOW;
        String bits =
                IntStream.range(0, traits.size())
                        .mapToObj(i -> "%s::BIGINT << %d".formatted(traits.get(i).sql(), i))
                        .map(bit -> "(" + bit + ")")
                        .collect(Collectors.joining(" | "));
        List<Object> parameters = new ArrayList<>(parameters(slow));
        traits.forEach(trait -> parameters.add(trait.parameter()));
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("traits", Unit.NUMBER));
        columns.add(new Column("asked", Unit.FLAG));
        columns.addAll(tallied(trouble));
        Table table =
                store.table(
                        "%s SELECT %s AS traits, asked, %s FROM judged GROUP BY traits, asked ORDER BY traits, asked"
                                .formatted(judged(slow), bits, tally(trouble)),
                        parameters,
                        columns);
        return table.rows().stream()
                .map(row -> new Cell((Long) value(row, 0), sides((Boolean) value(row, 1), row, 2)))
                .toList();
    }

    /**
     * Calls of both times with their values and how bad they are.
     *
     * @param slow whether also how slow, which takes a second look at the earlier ones
     */
    private String judged(boolean slow) {
        String its =
                attributes.stream()
                        .map(it -> it.sql(asked.length()) + " AS " + it.column())
                        .collect(Collectors.joining(", "));
        return """
        WITH %s judged AS (
            SELECT received_at >= ? AND received_at < ? AS asked, %s, %s AS slow,
                (%s IS NOT NULL)::INTEGER AS failed, cost_nano_usd AS cost
            FROM calls %s
            WHERE %s AND received_at >= ? AND received_at < ?
                AND (received_at < ? OR received_at >= ?))
        """
                .formatted(
                        slow ? limits() : "",
                        its,
                        slow ? slow() : "NULL::INTEGER",
                        Words.ERROR,
                        slow ? JOINED_LIMITS : "",
                        filter.condition().sql());
    }

    /**
     * What 95 of 100 calls of an endpoint, and of a model there, did not exceed before: a model's
     * own, because a quick one that becomes slow is still quicker than others; the endpoint's,
     * because going over to a slow model is slow too.
     */
    private String limits() {
        return """
        limits AS (
            SELECT limited_endpoint, limited_model, grouping(limited_model) AS any_model,
                quantile_cont(closed_us, 0.95) AS longest
            FROM (SELECT endpoint AS limited_endpoint, %s AS limited_model, closed_us
                FROM calls WHERE %s AND outcome <> 'refused' AND closed_us IS NOT NULL
                    AND received_at >= ? AND received_at < ?)
            GROUP BY GROUPING SETS ((limited_endpoint), (limited_endpoint, limited_model))
            HAVING count(*) >= %d),\
        """
                .formatted(Words.MODEL, filter.condition().sql(), LEAST_FOR_LIMIT);
    }

    private static String slow() {
        return "CASE WHEN outcome <> 'refused' AND closed_us IS NOT NULL AND theirs.longest IS NOT NULL"
                + " THEN (closed_us > least(theirs.longest, coalesce(own.longest, theirs.longest)))::INTEGER END";
    }

    private List<Object> parameters(boolean slow) {
        Condition condition = filter.condition();
        List<Object> parameters = new ArrayList<>();
        if (slow) {
            parameters.addAll(condition.parameters());
            parameters.addAll(List.of(before.since(), before.until()));
        }
        parameters.addAll(List.of(asked.since(), asked.until()));
        parameters.addAll(condition.parameters());
        Span earlier = asked.since().isBefore(before.since()) ? asked : before;
        Span later = earlier.equals(asked) ? before : asked;
        List<Instant> ends =
                List.of(earlier.since(), later.until(), earlier.until(), later.since());
        parameters.addAll(ends);
        return parameters;
    }

    private static String tally(Trouble trouble) {
        return "count(%1$s), coalesce(sum(%1$s::DOUBLE), 0) AS %1$s, coalesce(sum(%1$s::DOUBLE * %1$s), 0)"
                .formatted(trouble.column());
    }

    private static List<Column> tallied(Trouble trouble) {
        Unit amount = trouble == Trouble.COSTLY ? Unit.NANO_USD : Unit.CALLS;
        return List.of(
                new Column(trouble.word() + "_of", Unit.CALLS),
                new Column(trouble.word(), amount),
                new Column(trouble.word() + "_squares", Unit.NUMBER));
    }

    /** The two rows of a value, one for each time, as one. */
    private List<Counted> merged(Table table) {
        List<Counted> merged = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            Attribute attribute = attribute((Long) value(row, 0));
            String value = (String) value(row, 1);
            boolean now = (Boolean) value(row, 2);
            Map<Trouble, Sides> tallies = new EnumMap<>(Trouble.class);
            int from = 3;
            for (Trouble trouble : Trouble.values()) {
                tallies.put(trouble, sides(now, row, from));
                from += 3;
            }
            Counted last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.attribute() == attribute && last.value().equals(value)) {
                merged.removeLast();
                last.tallies()
                        .forEach((trouble, side) -> tallies.merge(trouble, side, Sides::plus));
            }
            merged.add(new Counted(attribute, value, tallies));
        }
        return merged;
    }

    /** Of the bits the first attribute has the highest; the one that is not set is grouped by. */
    private @Nullable Attribute attribute(long groupingId) {
        int size = attributes.size();
        for (int i = 0; i < size; i++) {
            if ((groupingId >> (size - 1 - i) & 1) == 0) {
                return attributes.get(i);
            }
        }
        return null;
    }

    private static Sides sides(boolean now, List<@Nullable Object> row, int from) {
        Tally tally =
                new Tally(
                        ((Number) value(row, from)).doubleValue(),
                        ((Number) value(row, from + 1)).doubleValue(),
                        ((Number) value(row, from + 2)).doubleValue());
        return now ? new Sides(tally, Tally.NONE) : new Sides(Tally.NONE, tally);
    }

    private static Object value(List<@Nullable Object> row, int column) {
        return Objects.requireNonNull(row.get(column));
    }
}
