package io.weir.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;
import org.duckdb.DuckDBConnection;

/** Deletes what is old, a bounded piece at a time, so that the writer never waits long for it. */
final class Retention {
    private static final int PIECE = 20_000;

    private final DuckDBConnection connection;

    Retention(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Deletes the oldest texts of calls received before then; 0 when none is left. */
    long deleteContents(Instant before) throws SQLException {
        OptionalLong through = endOfPiece(connection, "contents", before);
        return through.isEmpty() ? 0 : delete(connection, "contents", through.getAsLong());
    }

    /** Deletes the oldest calls received before then, and all that belongs to them. */
    Deleted deleteCalls(Instant before) throws SQLException {
        OptionalLong through = endOfPiece(connection, "calls", before);
        if (through.isEmpty()) {
            return Deleted.NOTHING;
        }
        try (Transaction transaction = new Transaction(connection)) {
            long contents = delete(connection, "contents", through.getAsLong());
            delete(connection, "attempts", through.getAsLong());
            delete(connection, "price_versions", through.getAsLong());
            long calls = delete(connection, "calls", through.getAsLong());
            transaction.commit();
            return new Deleted(contents, calls, 0);
        }
    }

    /** The time of the last of the oldest rows that make a piece; empty when no row is older. */
    static OptionalLong endOfPiece(Connection connection, String table, Instant before)
            throws SQLException {
        String sql =
                "SELECT epoch_us(max(received_at)) FROM (SELECT received_at FROM "
                        + table
                        + " WHERE received_at < make_timestamp(?) ORDER BY received_at LIMIT "
                        + PIECE
                        + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, Micros.of(before));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long micros = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(micros);
            }
        }
    }

    static long delete(Connection connection, String table, long throughMicros)
            throws SQLException {
        String sql = "DELETE FROM " + table + " WHERE received_at <= make_timestamp(?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, throughMicros);
            return statement.executeLargeUpdate();
        }
    }
}
