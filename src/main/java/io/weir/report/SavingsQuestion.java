package io.weir.report;

import io.weir.prices.PriceBook;
import io.weir.prices.Rates;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which calls' money is looked into, and how those are asked for. For one thread.
 *
 * @param known prices that were looked up
 */
record SavingsQuestion(
        CallStore store, ReportQuery query, PriceBook prices, Map<String, Optional<Rates>> known) {
    /** What sums can be told by. */
    static final List<Dimension> SCOPES =
            List.of(Dimension.PROJECT, Dimension.KEY, Dimension.MODEL);

    /** More groups are read by nobody. */
    static final int MOST_GROUPS = 100;

    /** Examples of a group. */
    static final int EXAMPLES = 3;

    /** Calls that came to their end, and for money. */
    static final String PAID =
            "cost_nano_usd > 0 AND cache IS DISTINCT FROM 'hit' AND NOT " + Words.FAILED;

    SavingsQuestion(CallStore store, ReportQuery query, PriceBook prices) {
        this(store, query, prices, new ConcurrentHashMap<>());
    }

    /** What sums are to be told by. */
    List<Dimension> by() {
        return query.by().stream().filter(SCOPES::contains).toList();
    }

    /** That as SQL's columns, each with a comma behind it. */
    String byColumns() {
        return by().stream().map(d -> d.word() + ", ").collect(Collectors.joining());
    }

    /**
     * A statement for the calls that are looked into: who made them, what they cost, and more
     * columns. It has the parameters of {@link #rows}, so that a statement has it once.
     *
     * @param which of them, as a condition
     */
    String calls(String columns, String which) {
        return """
        SELECT id, received_at, endpoint, project, %s AS key, %s AS model, price_id,
            cost_nano_usd AS cost, %s
        FROM calls WHERE %s AND %s\
        """
                .formatted(
                        Dimension.KEY.sql(), Words.MODEL, columns, query.condition().sql(), which);
    }

    /** The ids of those that come first in that order, of calls in groups. */
    static String examples(String order) {
        return "array_to_string(max_by(id::VARCHAR, %s, %d), ' ') AS examples"
                .formatted(order, EXAMPLES);
    }

    /** The rows of a statement that has {@link #calls} in it. */
    List<Row> rows(String sql, String... columns) throws StoreUnavailable {
        List<Column> named =
                Arrays.stream(columns).map(name -> new Column(name, Unit.NUMBER)).toList();
        Table table = store.table(sql, query.condition().parameters(), named);
        return IntStream.range(0, table.rows().size())
                .mapToObj(row -> new Row(table, row))
                .toList();
    }

    /** The same, with the columns that sums are told by in front. */
    List<Row> sums(String sql, String... columns) throws StoreUnavailable {
        return rows(
                sql,
                Stream.concat(by().stream().map(Dimension::word), Arrays.stream(columns))
                        .toArray(String[]::new));
    }

    /** Of a column of rows. */
    static long sum(List<Row> rows, String column) {
        return rows.stream().mapToLong(row -> row.number(column)).reduce(0, Math::addExact);
    }

    /** The prices that a call paid; empty where the book has them no more. */
    Optional<Rates> rates(String priceId) {
        return known.computeIfAbsent(priceId, prices::rates);
    }

    /** The cells of a row that it is told by. */
    List<@Nullable Object> by(Row row) {
        List<@Nullable Object> cells = new ArrayList<>();
        by().forEach(dimension -> cells.add(row.cell(dimension.word())));
        return cells;
    }

    /**
     * A row of an answer.
     *
     * @param row its number
     */
    record Row(Table table, int row) {
        @Nullable Object cell(String column) {
            return table.cell(row, column);
        }

        /** The same alone, and without a column: the others are not held any more. */
        Row without(String column) {
            List<Column> columns =
                    table.columns().stream().filter(one -> !one.name().equals(column)).toList();
            List<@Nullable Object> cells = new ArrayList<>();
            columns.forEach(one -> cells.add(cell(one.name())));
            return new Row(new Table(columns, List.of(cells)), 0);
        }

        /** Zero where there is none. */
        long number(String column) {
            return cell(column) instanceof Long number ? number : 0;
        }

        /** Empty where there is none. */
        String text(String column) {
            return cell(column) instanceof String text ? text : "";
        }

        /** Those of the columns that are there, as a heading. */
        String heading(String... columns) {
            return Arrays.stream(columns)
                    .map(this::text)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(" · "));
        }

        /** The query of an address that asks for calls of the same, as far as it is there. */
        String filter(String... columns) {
            return Arrays.stream(columns)
                    .filter(column -> !text(column).isEmpty())
                    .map(column -> filter(column, text(column)))
                    .collect(Collectors.joining("&"));
        }

        /** The query of an address that asks for calls of that. */
        static String filter(String name, String value) {
            return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }
}
