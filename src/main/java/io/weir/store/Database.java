package io.weir.store;

import io.weir.store.StoreUnavailable.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * The open database file: one connection to write with, some to read with. The writer's connection
 * is used under {@link CallStore}'s lock, a reading one by whoever has taken it.
 */
final class Database implements AutoCloseable {
    private static final Pattern OUR_MISTAKE =
            Pattern.compile(
                    "(Parser|Binder|Catalog|Conversion|Invalid Input|Out of Range|Mismatch Type|Not implemented) Error");

    private final Path file;
    private final DuckDBConnection writer;
    private final List<DuckDBConnection> all = new ArrayList<>();
    private final ConcurrentLinkedQueue<DuckDBConnection> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean broken;

    private Database(Path file, DuckDBConnection writer) {
        this.file = file;
        this.writer = writer;
        all.add(writer);
    }

    /** Opens the file, makes it where there is none, and brings its schema up to date. */
    static Database open(Path file, StoreConfig config, Migrator migrator) throws StoreUnavailable {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DuckDBConnection writer = connect(file, config);
            NativeLibrary.unlinkUnpacked();
            Database database = new Database(file, writer);
            try {
                migrator.migrate(writer);
                for (int i = 0; i < config.readConnections(); i++) {
                    database.addReader();
                }
                return database;
            } catch (SQLException | StoreUnavailable e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw cannotOpen(file, e);
        } catch (IOException e) {
            throw e instanceof StoreUnavailable known ? known : cannotOpen(file, e);
        }
    }

    /** Runs a write; one at a time. */
    <T> T write(Write<T> write) throws StoreUnavailable {
        try {
            return write.with(writer);
        } catch (SQLException e) {
            throw brokenBy(e);
        }
    }

    /** Runs a read on a connection of its own. There are as many as reads may run at once. */
    <T> T read(Read<T> read) throws SQLException, StoreUnavailable {
        DuckDBConnection connection = idle.poll();
        if (connection == null) {
            throw new IllegalStateException("more reads than connections");
        }
        try {
            return read.with(connection);
        } finally {
            idle.add(connection);
        }
    }

    /** Whether it has to be closed and opened again before it is of use. */
    boolean broken() {
        return broken;
    }

    /** What went wrong, for those who asked; a database that is beyond use is marked as such. */
    StoreUnavailable failure(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof SQLTimeoutException || message.contains("INTERRUPT")) {
            return new StoreUnavailable(
                    Reason.TIME_LIMIT,
                    "the question took too long to answer: ask for a shorter time or with more filters",
                    e);
        }
        if (message.contains("Out of Memory")) {
            return new StoreUnavailable(
                    Reason.TOO_LARGE,
                    "the question needs more memory than the store may use: ask for a shorter time, or raise the store's memory limit",
                    e);
        }
        if (OUR_MISTAKE.matcher(message).lookingAt()) {
            throw new IllegalStateException("a statement of ours is wrong", e);
        }
        return brokenBy(e);
    }

    /** The same for a write: whatever went wrong, the database is opened anew before the next. */
    private StoreUnavailable brokenBy(SQLException e) {
        broken = true;
        return new StoreUnavailable(
                Reason.DATABASE_BROKEN,
                "%s failed: %s. Weir opens it again by itself and loses nothing; free disk space if it is short"
                        .formatted(file, firstLine(String.valueOf(e.getMessage()))),
                e);
    }

    /** Closes every connection; the last one takes the database itself with it. */
    @Override
    public void close() {
        for (DuckDBConnection connection : all) {
            try {
                connection.close();
            } catch (SQLException e) {
                // An instance that is beyond use says so once more when it is left: what it could
                // not write is in its log or in the journal.
                broken = true;
            }
        }
    }

    private static DuckDBConnection connect(Path file, StoreConfig config) throws SQLException {
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file, settings(config));
        return connection.unwrap(DuckDBConnection.class);
    }

    private void addReader() throws SQLException {
        DuckDBConnection reader = writer.duplicate();
        all.add(reader);
        idle.add(reader);
    }

    private static Properties settings(StoreConfig config) {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", (config.memoryLimitBytes() >> 10) + "KiB");
        settings.setProperty("threads", Integer.toString(config.threads()));
        // The default of 16 MB stalled ingestion for up to 38 s at a time.
        settings.setProperty("checkpoint_threshold", "256MB");
        settings.setProperty("max_temp_directory_size", "1GB");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("enable_external_access", "false");
        settings.setProperty("lock_configuration", "true");
        return settings;
    }

    private static StoreUnavailable cannotOpen(Path file, Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Could not set lock")) {
            return new StoreUnavailable(
                    Reason.LOCKED,
                    "%s is open in another process: stop the other Weir, or give this one another data directory"
                            .formatted(file),
                    e);
        }
        return new StoreUnavailable(
                Reason.DATABASE_BROKEN,
                "%s cannot be opened: %s. Calls go on and stay in the journal; make room on the disk if it is full, else move the file away (Weir then makes a new one) or put a backup in its place"
                        .formatted(file, firstLine(message)),
                e);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("no reason given");
    }

    /** Something to do with a connection that only reads. */
    interface Read<T> {
        T with(DuckDBConnection connection) throws SQLException, StoreUnavailable;
    }

    /** Something to do with the connection that writes. */
    interface Write<T> {
        T with(DuckDBConnection connection) throws SQLException;
    }
}
