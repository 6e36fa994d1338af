package io.weir.store;

import io.weir.store.StoreUnavailable.Reason;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A statement that reads, with its parameters and the time it may take.
 *
 * @param limitSeconds after which the database gives up
 */
record Question(String sql, List<Object> parameters, int limitSeconds) {
    /** More rows than this are no answer for a person, and a burden on the heap. */
    static final int MAX_ROWS = 100_000;

    /** Every row, read by {@code reader}. */
    <T> List<T> rows(DuckDBConnection connection, RowReader<T> reader)
            throws SQLException, StoreUnavailable {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(limitSeconds);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, bound(parameters.get(i)));
            }
            try (ResultSet row = statement.executeQuery()) {
                return read(row, reader);
            }
        }
    }

    /** Every row as the cells of a {@link Table}. */
    List<List<@Nullable Object>> cells(DuckDBConnection connection, int columns)
            throws SQLException, StoreUnavailable {
        return rows(
                connection,
                row -> {
                    List<@Nullable Object> cells = new ArrayList<>(columns);
                    for (int i = 1; i <= columns; i++) {
                        cells.add(cell(row, i));
                    }
                    return cells;
                });
    }

    private <T> List<T> read(ResultSet row, RowReader<T> reader)
            throws SQLException, StoreUnavailable {
        List<T> rows = new ArrayList<>();
        while (row.next()) {
            if (rows.size() == MAX_ROWS) {
                throw new StoreUnavailable(
                        Reason.TOO_LARGE,
                        "the answer has more than %d rows: ask for a shorter time or fewer dimensions"
                                .formatted(MAX_ROWS),
                        null);
            }
            rows.add(reader.read(row));
        }
        return rows;
    }

    private static Object bound(Object parameter) {
        return switch (parameter) {
            case Instant instant -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
            case String text -> text;
            case Long number -> number;
            case Boolean flag -> flag;
            case UUID id -> id;
            default ->
                    throw new IllegalArgumentException(
                            "no parameter of a question: " + parameter.getClass());
        };
    }

    private static @Nullable Object cell(ResultSet row, int column) throws SQLException {
        if (row.getMetaData().getColumnType(column) == Types.TIMESTAMP) {
            LocalDateTime time = row.getObject(column, LocalDateTime.class);
            return time == null ? null : time.toInstant(ZoneOffset.UTC);
        }
        return switch (row.getObject(column)) {
            case null -> null;
            case BigInteger number -> number.longValueExact();
            case Integer number -> number.longValue();
            case Long number -> number;
            case Double number -> number;
            case Boolean flag -> flag;
            case String text -> text;
            case UUID id -> id.toString();
            case Object other ->
                    throw new IllegalStateException("no cell of a table: " + other.getClass());
        };
    }

    /** Reads the row at which the set stands. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
