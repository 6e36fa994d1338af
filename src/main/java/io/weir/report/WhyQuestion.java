package io.weir.report;

import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls of two times, each in one pass: by each value of each attribute, and by which of a
 * few traits they have. Of many calls it looks at a part: all that failed, and of the others one in
 * so many, chosen by the microsecond in which they came, so that it is the same ones each time.
 *
 * @param filter what else the calls must be
 * @param judgesSlow whether it matters which were slow
 * @param oneIn how many calls stand behind each one that is looked at; 1 for all
 */
record WhyQuestion(
        Span asked,
        Span before,
        CallFilter filter,
        List<Attribute> attributes,
        boolean judgesSlow,
        long oneIn) {
    /** So many calls tell causes from chance as well as more do. */
    static final long ENOUGH = 50_000;

    /** Of an attribute with more values the worst are looked at: users, for instance. */
    private static final int MOST_VALUES = 300;

    /** Fewer calls have no percentile to speak of. */
    private static final int LEAST_FOR_LIMIT = 40;

    private static final List<Column> CALLS = List.of(Measure.CALLS.column());

    private static final List<Column> CELLS =
            List.of(
                    new Column("trouble", Unit.TEXT),
                    new Column("traits", Unit.NUMBER),
                    new Column("asked", Unit.FLAG),
                    new Column("calls", Unit.CALLS),
                    new Column("amount", Unit.NUMBER),
                    new Column("squares", Unit.NUMBER));

    private static final String JOINED_LIMITS =
            """
            LEFT JOIN limits AS theirs
                ON theirs.any_model = 1 AND theirs.limited_endpoint = endpoint
            LEFT JOIN limits AS own ON own.any_model = 0
                AND own.limited_endpoint = endpoint AND own.limited_model = %s\
            """
                    .formatted(Words.MODEL);

    private static final String TIMES =
            " AND received_at >= ? AND received_at < ? AND (received_at < ? OR received_at >= ?)";

    private static final String SLOW_SUM = "coalesce(sum(slow), 0)::DOUBLE";

    /** The tallies of calls with that value, one for each trouble; of all without an attribute. */
    record Counted(@Nullable Attribute attribute, String value, Map<Trouble, Sides> tallies) {
        Sides sides(Trouble trouble) {
            return tallies.getOrDefault(trouble, Sides.NONE);
        }
    }

    /** The tallies of calls that have the traits whose bits are set, and no other. */
    record Cell(long traits, Sides sides) {}

    /**
     * The question with about as many calls as are enough, where there are more than twice as many.
     */
    WhyQuestion sampled(CallStore store, long enough) throws StoreUnavailable {
        Table table =
                store.table(
                        "SELECT count(*) FROM calls WHERE " + filter.condition().sql() + TIMES,
                        timed(new ArrayList<>()),
                        CALLS);
        long calls = table.cell(0, Measure.CALLS.name()) instanceof Long count ? count : 0;
        long one = calls <= 2 * enough ? 1 : primeToTen(Math.ceilDiv(calls, enough));
        return new WhyQuestion(asked, before, filter, attributes, judgesSlow, one);
    }

    /** The next number prime to ten: calls in even steps fall on all of its remainders alike. */
    private static long primeToTen(long number) {
        long odd = number | 1;
        return odd % 5 == 0 ? odd + 2 : odd;
    }

    /** How many calls stand behind each one that a trouble's tallies count. */
    long behindEach(Trouble trouble) {
        return trouble == Trouble.FAILED ? 1 : oneIn;
    }

    /**
     * Of all calls and of each value, a tally for each trouble. Attributes with few values are
     * added up by all of them together first: what is left is small.
     */
    List<Counted> values(CallStore store) throws StoreUnavailable {
        List<Attribute> few = attributes.stream().filter(Attribute::hasFewValues).toList();
        List<Attribute> many = attributes.stream().filter(it -> !it.hasFewValues()).toList();
        String sql =
                """
                %1$s, few AS MATERIALIZED (SELECT asked%2$s, %3$s FROM judged GROUP BY ALL),
                counted AS (%4$s%5$s),
                worst AS (
                    SELECT place, value FROM counted WHERE asked AND value <> ''
                    QUALIFY row_number() OVER (
                            PARTITION BY place ORDER BY slow + failed DESC, value) <= %6$d
                        OR row_number() OVER (PARTITION BY place ORDER BY cost DESC, value) <= %6$d)
                SELECT * FROM counted
                WHERE place = '' OR (place, value) IN (SELECT (place, value) FROM worst)
                ORDER BY place, value, asked
                """
                        .formatted(
                                judged(attributes, judgesSlow, true),
                                columns(few),
                                tallies(this::tally),
                                counted("(asked)", few, "few", tallies(WhyQuestion::sum)),
                                many.isEmpty()
                                        ? ""
                                        : " UNION ALL "
                                                + counted("", many, "judged", tallies(this::tally)),
                                MOST_VALUES);
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("place", Unit.TEXT));
        columns.add(new Column("value", Unit.TEXT));
        columns.add(new Column("asked", Unit.FLAG));
        Arrays.stream(Trouble.values()).forEach(trouble -> columns.addAll(tallied(trouble)));
        return merged(store.table(sql, parameters(judgesSlow), columns));
    }

    /** The tallies of each value of some attributes, and of another set of groups. */
    private static String counted(
            String other, List<Attribute> attributes, String from, String tallies) {
        List<String> sets = new ArrayList<>(other.isEmpty() ? List.of() : List.of(other));
        StringBuilder places = new StringBuilder("CASE");
        StringBuilder values = new StringBuilder("coalesce(");
        for (Attribute attribute : attributes) {
            String column = attribute.column();
            sets.add("(asked, " + column + ")");
            places.append(" WHEN grouping(%s) = 0 THEN '%s'".formatted(column, attribute.word()));
            values.append(column).append("::VARCHAR, ");
        }
        return "SELECT %s AS place, %s AS value, asked, %s FROM %s GROUP BY GROUPING SETS (%s)"
                .formatted(
                        attributes.isEmpty() ? "''" : places + " ELSE '' END",
                        values + "'')",
                        tallies,
                        from,
                        String.join(", ", sets));
    }

    private static String columns(List<Attribute> attributes) {
        return attributes.stream()
                .map(attribute -> ", " + attribute.column())
                .collect(Collectors.joining());
    }

    private static String tallies(Function<Trouble, String> each) {
        return Arrays.stream(Trouble.values()).map(each).collect(Collectors.joining(", "));
    }

    /** The tallies for each trouble of every combination of its traits that calls have. */
    Map<Trouble, List<Cell>> cells(CallStore store, Map<Trouble, List<Trait>> traits)
            throws StoreUnavailable {
        boolean slow = traits.containsKey(Trouble.SLOW);
        List<Attribute> used =
                traits.values().stream()
                        .flatMap(List::stream)
                        .map(Trait::attribute)
                        .distinct()
                        .sorted()
                        .toList();
        List<Object> parameters = new ArrayList<>(parameters(slow));
        List<String> parts = new ArrayList<>();
        traits.forEach((trouble, its) -> {
            parts.add(
                    "SELECT '%s' AS trouble, %s AS traits, asked, %s FROM judged GROUP BY traits, asked"
                            .formatted(trouble.word(), bits(its), tally(trouble)));
            its.forEach(trait -> parameters.add(trait.parameter()));
        });
        String sql =
                "%s FROM (%s) ORDER BY trouble, traits, asked"
                        .formatted(
                                judged(used, slow, traits.containsKey(Trouble.FAILED)),
                                String.join(" UNION ALL ", parts));
        Map<Trouble, List<Cell>> cells = new EnumMap<>(Trouble.class);
        for (List<@Nullable Object> row : store.table(sql, parameters, CELLS).rows()) {
            Trouble trouble = Trouble.list((String) value(row, 0)).getFirst();
            cells.computeIfAbsent(trouble, its -> new ArrayList<>())
                    .add(new Cell((Long) value(row, 1), sides((Boolean) value(row, 2), row, 3)));
        }
        return cells;
    }

    private static String bits(List<Trait> traits) {
        return IntStream.range(0, traits.size())
                .mapToObj(i -> "(%s::BIGINT << %d)".formatted(traits.get(i).sql(), i))
                .collect(Collectors.joining(" | "));
    }

    /**
     * Calls of both times with their values and how bad they are.
     *
     * @param values of these attributes
     * @param slow whether also how slow, which takes a second look at the earlier ones
     * @param failed whether all that failed are among them
     */
    private String judged(List<Attribute> values, boolean slow, boolean failed) {
        String its =
                values.stream()
                        .map(it -> it.sql(asked.length()) + " AS " + it.column())
                        .collect(Collectors.joining(", "));
        return """
        WITH %s judged AS MATERIALIZED (
            SELECT received_at >= ? AND received_at < ? AS asked, %s, %s AS slow,
                %s::INTEGER AS failed, %s AS cost
            FROM calls %s
            WHERE %s%s%s)
        """
                .formatted(
                        slow ? limits() : "",
                        its,
                        slow ? slow() : "NULL::INTEGER",
                        Words.FAILED,
                        ofSample("cost_nano_usd"),
                        slow ? JOINED_LIMITS : "",
                        filter.condition().sql(),
                        TIMES,
                        oneIn == 1
                                ? ""
                                : " AND ("
                                        + sample()
                                        + (failed ? " OR " + Words.FAILED : "")
                                        + ")");
    }

    private String sample() {
        return "epoch_us(received_at) % " + oneIn + " = 0";
    }

    /** A value of the calls that are chosen whether or not they failed. */
    private String ofSample(String value) {
        return oneIn == 1 ? value : "CASE WHEN " + sample() + " THEN " + value + " END";
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
                FROM calls WHERE %s AND %s AND closed_us IS NOT NULL
                    AND received_at >= ? AND received_at < ?%s)
            GROUP BY GROUPING SETS ((limited_endpoint), (limited_endpoint, limited_model))
            HAVING count(*) >= %d),\
        """
                .formatted(
                        Words.MODEL,
                        filter.condition().sql(),
                        Words.TIMED,
                        oneIn == 1 ? "" : " AND " + sample(),
                        LEAST_FOR_LIMIT);
    }

    private String slow() {
        return "CASE WHEN "
                + Words.TIMED
                + " AND closed_us IS NOT NULL AND theirs.longest IS NOT NULL"
                + (oneIn == 1 ? "" : " AND " + sample())
                + " THEN (closed_us > least(theirs.longest, coalesce(own.longest, theirs.longest)))::INTEGER END";
    }

    private List<Object> parameters(boolean slow) {
        List<Object> parameters = new ArrayList<>();
        if (slow) {
            parameters.addAll(filter.condition().parameters());
            parameters.addAll(List.of(before.since(), before.until()));
        }
        parameters.addAll(List.of(asked.since(), asked.until()));
        return timed(parameters);
    }

    /** With the parameters of the filter and of both times. */
    private List<Object> timed(List<Object> parameters) {
        parameters.addAll(filter.condition().parameters());
        Span earlier = asked.since().isBefore(before.since()) ? asked : before;
        Span later = earlier.equals(asked) ? before : asked;
        List<Instant> ends =
                List.of(earlier.since(), later.until(), earlier.until(), later.since());
        parameters.addAll(ends);
        return parameters;
    }

    /** Calls, bad ones, squares; a bad call or none is its own square. */
    private String tally(Trouble trouble) {
        return switch (trouble) {
            case SLOW -> "count(slow) AS slow_n, %1$s AS slow, %1$s AS slow_q".formatted(SLOW_SUM);
            case FAILED ->
                    "%s AS failed_n, sum(failed)::DOUBLE AS failed, sum(failed)::DOUBLE AS failed_q"
                            .formatted(
                                    oneIn == 1
                                            ? "count(*)"
                                            : "sum(if(failed = 1, 1, " + oneIn + "))::BIGINT");
            case COSTLY ->
                    "count(cost) AS cost_n, coalesce(sum(cost), 0)::DOUBLE AS cost, coalesce(sum(cost::DOUBLE * cost), 0) AS cost_q";
        };
    }

    /** The same of tallies. */
    private static String sum(Trouble trouble) {
        return "sum(%1$s_n)::BIGINT AS %1$s_n, sum(%1$s) AS %1$s, sum(%1$s_q) AS %1$s_q"
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
            Attribute attribute = attribute((String) value(row, 0));
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

    private @Nullable Attribute attribute(String word) {
        return attributes.stream().filter(it -> it.word().equals(word)).findFirst().orElse(null);
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
