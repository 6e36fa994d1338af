package io.weir.store;

import io.weir.store.StoreUnavailable.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings a database's schema up to date: each missing step in a transaction of its own. */
final class Migrator {
    private final List<Migration> known;

    Migrator(List<Migration> known) {
        this.known = List.copyOf(known);
    }

    void migrate(Connection connection) throws SQLException, StoreUnavailable {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS schema_version ("
                            + "version INTEGER NOT NULL, name VARCHAR NOT NULL,"
                            + " checksum VARCHAR NOT NULL, applied_at TIMESTAMPTZ NOT NULL)");
        }
        SortedMap<Integer, String> applied = applied(connection);
        refuseNewer(applied);
        for (Migration migration : known) {
            String checksum = applied.get(migration.version());
            if (checksum == null) {
                apply(connection, migration);
            } else if (!checksum.equals(migration.checksum())) {
                throw new StoreUnavailable(
                        Reason.SCHEMA,
                        "the database was made with another text of %s than this software has: a migration that was applied must not change; add a new one"
                                .formatted(migration.name()),
                        null);
            }
        }
    }

    private void refuseNewer(SortedMap<Integer, String> applied) throws StoreUnavailable {
        int newest = known.getLast().version();
        if (!applied.isEmpty() && applied.lastKey() > newest) {
            throw new StoreUnavailable(
                    Reason.SCHEMA,
                    "the database has schema %d, this software knows %d: start the newer Weir that made it, or give this one another data directory"
                            .formatted(applied.lastKey(), newest),
                    null);
        }
    }

    private static SortedMap<Integer, String> applied(Connection connection) throws SQLException {
        SortedMap<Integer, String> applied = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT version, checksum FROM schema_version")) {
            while (rows.next()) {
                applied.put(rows.getInt(1), rows.getString(2));
            }
        }
        return applied;
    }

    private static void apply(Connection connection, Migration migration) throws SQLException {
        try (Transaction transaction = new Transaction(connection);
                Statement statement = connection.createStatement();
                PreparedStatement version =
                        connection.prepareStatement(
                                "INSERT INTO schema_version VALUES (?, ?, ?, now())")) {
            statement.execute(migration.sql());
            version.setInt(1, migration.version());
            version.setString(2, migration.name());
            version.setString(3, migration.checksum());
            version.executeUpdate();
            transaction.commit();
        }
    }
}
