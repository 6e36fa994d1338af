package io.weir.store;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes Parquet of JSON: a row for each object, a column for each field that is asked for, of the
 * same type in every file whatever the objects have. What an object lacks, and what does not fit
 * its type, is null.
 */
public final class ParquetFile {
    /** An escape in JSON; the group is half of a pair without its other half, which is no text. */
    private static final Pattern ESCAPE =
            Pattern.compile(
                    "\\\\(?:u[dD][89abAB]\\w\\w\\\\u[dD][c-fC-F]\\w\\w|(u[dD][89a-fA-F]\\w\\w)|.)");

    private static final Pattern CLASS_OF_ERROR = Pattern.compile("[A-Z][A-Za-z /-]{2,40}");

    private ParquetFile() {}

    /** What a field holds. */
    public enum Type {
        TEXT("\"VARCHAR\""),
        NUMBER("\"BIGINT\""),
        /** An exact decimal number with up to twelve digits after its point; a string in JSON. */
        DECIMAL("\"DECIMAL(38,12)\""),
        FLAG("\"BOOLEAN\""),
        /** A moment in UTC, with microseconds. */
        TIME("\"TIMESTAMP\""),
        TEXTS("[\"VARCHAR\"]"),
        ATTEMPTS(
                """
                [{"number": "BIGINT", "upstream": "VARCHAR", "reused": "BOOLEAN",
                  "started_us": "BIGINT", "connected_us": "BIGINT", "sent_us": "BIGINT",
                  "first_byte_us": "BIGINT", "ended_us": "BIGINT", "status": "BIGINT",
                  "failure": "VARCHAR", "request_id": "VARCHAR"}]\
                """),
        CONTENT(
                """
                {"request": "VARCHAR", "response": "VARCHAR", "truncated": "BOOLEAN",
                 "pace": "VARCHAR"}\
                """);

        private final String structure;

        Type(String structure) {
            this.structure = structure;
        }
    }

    /** A field of the objects, and the column it becomes. */
    public record Field(String name, Type type) {}

    /**
     * The file, compressed with zstd.
     *
     * @param objects each JSON, as UTF-8
     * @throws IOException where it cannot be made; it says nothing of what the objects hold
     */
    public static byte[] of(List<Field> fields, List<byte[]> objects) throws IOException {
        Path file = Files.createTempFile("weir-", ".parquet");
        try {
            write(fields, objects, file);
            return Files.readAllBytes(file);
        } catch (SQLException e) {
            Matcher known = CLASS_OF_ERROR.matcher(String.valueOf(e.getMessage()));
            throw new IOException(
                    "DuckDB cannot make a Parquet file (%s)"
                            .formatted(known.lookingAt() ? known.group() : "no reason given"),
                    e);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(List<Field> fields, List<byte[]> objects, Path file)
            throws SQLException {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", settings());
                Statement statement = connection.createStatement()) {
            NativeLibrary.unlinkUnpacked();
            statement.execute("CREATE TABLE objects (json JSON)");
            append(objects, connection.unwrap(DuckDBConnection.class));
            try (PreparedStatement copy =
                    connection.prepareStatement(
                            """
                            COPY (SELECT unnest(json_transform(json, ?)) FROM objects)
                            TO ? (FORMAT parquet, COMPRESSION zstd)
                            """)) {
                copy.setString(1, structure(fields));
                copy.setString(2, file.toString());
                copy.execute();
            }
        }
    }

    private static void append(List<byte[]> objects, DuckDBConnection connection)
            throws SQLException {
        try (DuckDBAppender rows = connection.createAppender("main", "objects")) {
            for (byte[] object : objects) {
                rows.beginRow();
                rows.append(text(object));
                rows.endRow();
            }
        }
    }

    private static String text(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        if (!text.contains("\\ud") && !text.contains("\\uD")) {
            return text;
        }
        return ESCAPE.matcher(text)
                .replaceAll(escape ->
                        escape.group(1) == null
                                ? Matcher.quoteReplacement(escape.group())
                                : "\\\\ufffd");
    }

    private static String structure(List<Field> fields) {
        ObjectNode structure = Json.MAPPER.createObjectNode();
        for (Field field : fields) {
            structure.set(field.name(), Json.MAPPER.readTree(field.type().structure));
        }
        return structure.toString();
    }

    private static Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("memory_limit", "512MB");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return settings;
    }
}
