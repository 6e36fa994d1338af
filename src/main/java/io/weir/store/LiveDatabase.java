package io.weir.store;

import io.weir.store.StoreUnavailable.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The database while it can be used: opened when it is first needed, closed when it breaks, opened
 * again by whoever needs it next. A full disk makes DuckDB refuse everything, reads too, until it
 * is closed by all who use it and opened anew; then every committed row is there again. Its state
 * belongs to the lock: shared by those who use the database, exclusive to open and close.
 */
final class LiveDatabase implements AutoCloseable {
    private final Path file;
    private final StoreConfig config;
    private final Migrator migrator;
    private final LongSupplier nanoTime;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable Database database;
    private @Nullable StoreUnavailable lastFailure;
    private long lastTryNanos;
    private boolean closed;

    LiveDatabase(Path file, StoreConfig config, Migrator migrator, LongSupplier nanoTime) {
        this.file = file;
        this.config = config;
        this.migrator = migrator;
        this.nanoTime = nanoTime;
    }

    /** Does the work with the open database. */
    <T> T use(Work<T> work) throws StoreUnavailable {
        while (true) {
            lock.readLock().lock();
            try {
                if (database != null && !database.broken()) {
                    return run(work, database);
                }
            } finally {
                lock.readLock().unlock();
            }
            openAnew();
        }
    }

    /** Whether it can be used at once; otherwise its use begins with opening it. */
    boolean isOpen() {
        if (!lock.readLock().tryLock()) {
            return false;
        }
        try {
            return database != null && !database.broken();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            discard();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static <T> T run(Work<T> work, Database database) throws StoreUnavailable {
        try {
            return work.with(database);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private void openAnew() throws StoreUnavailable {
        lock.writeLock().lock();
        try {
            if (closed) {
                throw new StoreUnavailable(Reason.CLOSED, "the store is closed", null);
            }
            if (database == null || database.broken()) {
                discard();
                refuseTooSoon();
                database = open();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void refuseTooSoon() throws StoreUnavailable {
        StoreUnavailable failure = lastFailure;
        if (failure != null
                && nanoTime.getAsLong() - lastTryNanos < config.reopenPause().toNanos()) {
            throw new StoreUnavailable(
                    failure.reason(), String.valueOf(failure.getMessage()), failure);
        }
    }

    private Database open() throws StoreUnavailable {
        lastTryNanos = nanoTime.getAsLong();
        try {
            Database open = Database.open(file, config, migrator);
            lastFailure = null;
            return open;
        } catch (StoreUnavailable e) {
            lastFailure = e;
            throw e;
        }
    }

    private void discard() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    /** Something to do with the open database. */
    interface Work<T> {
        T with(Database database) throws SQLException, StoreUnavailable;
    }
}
