package io.weir.export;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.duckdb.DuckDBDriver;
import tools.jackson.databind.JsonNode;

/** What DuckDB reads from a Parquet file. */
public final class ParquetRows {
    private ParquetRows() {}

    public static List<JsonNode> of(byte[] file) {
        List<JsonNode> rows = new ArrayList<>();
        query(
                file,
                "SELECT to_json(row)::VARCHAR FROM read_parquet(?) row",
                row -> rows.add(Json.MAPPER.readTree(row.getString(1))));
        return rows;
    }

    /** The calls in it. */
    static List<UUID> ids(byte[] file) {
        List<UUID> ids = new ArrayList<>();
        query(
                file,
                "SELECT id FROM read_parquet(?)",
                row -> ids.add(UUID.fromString(row.getString(1))));
        return ids;
    }

    /** Names and types, in order. */
    public static Map<String, String> columns(byte[] file) {
        Map<String, String> columns = new LinkedHashMap<>();
        query(
                file,
                "DESCRIBE SELECT * FROM read_parquet(?)",
                row -> columns.put(row.getString(1), row.getString(2)));
        return columns;
    }

    @FunctionalInterface
    private interface Row {
        void taken(ResultSet row) throws SQLException;
    }

    private static void query(byte[] file, String sql, Row each) {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            Path path = Files.createTempFile("weir-test-", ".parquet");
            try {
                Files.write(path, file);
                statement.setString(1, path.toString());
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        each.taken(rows);
                    }
                }
            } finally {
                Files.delete(path);
            }
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
