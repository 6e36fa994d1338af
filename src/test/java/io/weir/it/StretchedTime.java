package io.weir.it;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Puts the calls of a stopped gateway further apart, so that a minute that was played is the hour
 * it plays. How long each took stays as it was.
 */
final class StretchedTime {
    private static final List<String> TABLES = List.of("calls", "attempts", "contents");

    private StretchedTime() {}

    /**
     * Stretches the time since the first call.
     *
     * @param begin when the first call is to have come
     */
    static void of(Path data, int factor, Instant begin) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:duckdb:" + data.resolve("store").resolve("weir.duckdb"));
                Statement statement = connection.createStatement()) {
            LocalDateTime first = first(statement);
            for (String table : TABLES) {
                stretch(connection, table, factor, begin, first);
            }
            forgetSums(statement);
        }
    }

    private static LocalDateTime first(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery("SELECT min(received_at) FROM calls")) {
            rows.next();
            return rows.getObject(1, LocalDateTime.class);
        }
    }

    private static void stretch(
            Connection connection, String table, int factor, Instant begin, LocalDateTime first)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE %s SET received_at = make_timestamp(? + %d * (epoch_us(received_at) - ?))"
                                .formatted(table, factor))) {
            update.setLong(1, micros(begin));
            update.setLong(2, micros(first.toInstant(ZoneOffset.UTC)));
            update.executeUpdate();
        }
    }

    /** The sums of calls by five minutes are made from the calls when the schema lacks them. */
    private static void forgetSums(Statement statement) throws SQLException {
        statement.execute("DROP VIEW rollups");
        statement.execute("DROP TABLE rollup_parts");
        statement.execute("DROP TABLE rollup_sums");
        statement.execute("DELETE FROM schema_version WHERE name LIKE '%rollup%'");
    }

    private static long micros(Instant time) {
        return Duration.between(Instant.EPOCH, time).toNanos() / 1_000;
    }
}
