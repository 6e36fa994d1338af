package io.weir.store;

import io.weir.call.CallRecord;
import io.weir.call.Outcome;
import io.weir.call.Repriced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Every call that has ended, to be asked about. It stands behind the journal: when it is down,
 * calls go on, and it takes what it has missed from the journal once it is up again, which it finds
 * out for itself: each method tries. Any number of threads may read; one at a time writes.
 *
 * <p>What writes, and {@link #open}, spends its time in native code: call it from a platform
 * thread. Reads may be called from any thread.
 */
public final class CallStore implements AutoCloseable {
    private static final String FILE = "weir.duckdb";

    private final Path file;
    private final StoreConfig config;
    private final FreeDisk disk;
    private final LiveDatabase live;
    private final Readers readers;
    private final ReentrantLock writing = new ReentrantLock(true);
    private volatile @Nullable StoreUnavailable lastWriteFailure;

    /**
     * A batch that ends beyond this sequence cannot hold calls that are stored, because it follows
     * the one before; no such trust after a start, a failure or a batch that was there already.
     * Under the writing lock.
     */
    private long storedThrough = Long.MAX_VALUE;

    /**
     * A store that is not open yet.
     *
     * @param directory where the database file lies, or will
     * @param nanoTime a clock that only counts, {@code System::nanoTime}
     */
    public CallStore(Path directory, StoreConfig config, LongSupplier nanoTime) {
        this(directory, config, nanoTime, Migration.shipped());
    }

    CallStore(
            Path directory, StoreConfig config, LongSupplier nanoTime, List<Migration> migrations) {
        this.file = directory.resolve(FILE);
        this.config = config;
        this.disk = new FreeDisk(file, config.minFreeBytes());
        this.live = new LiveDatabase(file, config, new Migrator(migrations), nanoTime);
        this.readers = new Readers(config.readConnections(), config.readWait());
    }

    /** Opens the database now, which takes about a second, instead of when it is first needed. */
    public void open() throws StoreUnavailable {
        live.use(database -> database);
    }

    /**
     * Stores the records and how far the journal is thereby applied, all or nothing, durably. A
     * call that is stored already is left out.
     *
     * @param records in the journal's order, from one batch to the next as well
     * @param throughSequence the journal's last sequence that these records, and those before them,
     *     cover
     */
    public void append(List<CallRecord> records, long throughSequence) throws StoreUnavailable {
        append(records, List.of(), throughSequence);
    }

    /**
     * The same with what calls were found to cost after they had ended: of these records, or of
     * stored ones. What is noted already, or of no call that is stored, is left out.
     */
    public void append(List<CallRecord> records, List<Repriced> priced, long throughSequence)
            throws StoreUnavailable {
        writing.lock();
        try {
            disk.require();
            boolean check = throughSequence <= storedThrough || hasInterrupted(records);
            boolean news =
                    write(connection ->
                            new BatchWriter(connection)
                                    .write(records, priced, throughSequence, check));
            storedThrough = news ? throughSequence : Long.MAX_VALUE;
            lastWriteFailure = null;
        } catch (StoreUnavailable e) {
            storedThrough = Long.MAX_VALUE;
            lastWriteFailure = e;
            throw e;
        } finally {
            writing.unlock();
        }
    }

    /** The journal's last sequence that is stored, 0 at first: where reading it goes on. */
    public long appliedThrough() throws StoreUnavailable {
        return one("SELECT max(sequence) FROM applied");
    }

    /** How many calls are stored. */
    public long count() throws StoreUnavailable {
        return one("SELECT count(*) FROM calls");
    }

    /**
     * A page of the calls that the filter means, newest first, without attempts and content.
     *
     * @throws IllegalArgumentException where the page is to begin or end where none does
     */
    public CallPage calls(CallFilter filter, PageRequest page) throws StoreUnavailable {
        return read(connection -> queries(connection).page(filter, page));
    }

    /** The call of that id, with its attempts and captured content. */
    public Optional<CallRecord> call(UUID id) throws StoreUnavailable {
        return read(connection -> queries(connection).call(id));
    }

    /**
     * What the call has cost, each version, the first one first; empty where it was never priced
     * again.
     */
    public List<PriceVersion> priceVersions(CallRecord call) throws StoreUnavailable {
        return read(connection -> queries(connection).priceVersions(call));
    }

    /**
     * The answer to a question in SQL, for reports: no more than {@value Question#MAX_ROWS} rows.
     *
     * @param sql what makes as many columns as {@code columns} names; never with a user's text in
     *     it
     * @param parameters for its question marks, of the types that {@link Condition} names
     */
    public Table table(String sql, List<Object> parameters, List<Column> columns)
            throws StoreUnavailable {
        Question question = question(sql, parameters);
        return new Table(columns, read(connection -> question.cells(connection, columns.size())));
    }

    /** Deletes what is old. New records can be stored between its pieces. */
    public Deleted delete(Keep keep) throws StoreUnavailable {
        return repeated(connection -> new Retention(connection).deleteCalls(keep.callsSince()))
                .plus(
                        repeated(connection ->
                                new Deleted(
                                        new Retention(connection)
                                                .deleteContents(keep.contentSince()),
                                        0,
                                        0)))
                .plus(
                        repeated(connection ->
                                new Deleted(
                                        0,
                                        0,
                                        new RollupUpkeep(connection).delete(keep.rollupsSince()))));
    }

    /**
     * Adds up the sums that batches have left of calls received before then, to as few rows as
     * their groups are. New records can be stored between its pieces.
     */
    public void addUpRollups(Instant before) throws StoreUnavailable {
        boolean more;
        do {
            more = locked(connection -> new RollupUpkeep(connection).addUp(before));
        } while (more);
    }

    /** How the store is; never fails. */
    public StoreHealth health() {
        StoreUnavailable writeFailure = lastWriteFailure;
        String problem = writeFailure == null ? null : writeFailure.getMessage();
        try {
            disk.require();
        } catch (StoreUnavailable e) {
            problem = e.getMessage();
        }
        try {
            return health(problem);
        } catch (StoreUnavailable e) {
            return new StoreHealth(e.getMessage(), bytesOnDisk(), -1, -1, null, null);
        }
    }

    /** Closes the database, once those who read it have ended. */
    @Override
    public void close() {
        readers.close();
        live.close();
    }

    /** Recovery after a crash makes such records, and may do so again after the next. */
    private static boolean hasInterrupted(List<CallRecord> records) {
        String word = new Outcome.Interrupted().word();
        return records.stream().anyMatch(call -> call.answer().outcome().equals(word));
    }

    private StoreHealth health(@Nullable String problem) throws StoreUnavailable {
        String sql =
                "SELECT count(*), (SELECT max(sequence) FROM applied),"
                        + " epoch_us(min(received_at)), epoch_us(max(received_at)) FROM calls";
        Question question = question(sql, List.of());
        return read(connection ->
                        question.rows(
                                connection,
                                row ->
                                        new StoreHealth(
                                                problem,
                                                bytesOnDisk(),
                                                row.getLong(1),
                                                row.getLong(2),
                                                instant(row.getString(3)),
                                                instant(row.getString(4)))))
                .getFirst();
    }

    private static @Nullable Instant instant(@Nullable String micros) {
        return micros == null ? null : Micros.instant(Long.parseLong(micros));
    }

    private Deleted repeated(Database.Write<Deleted> piece) throws StoreUnavailable {
        Deleted all = Deleted.NOTHING;
        for (Deleted one = locked(piece); !one.equals(Deleted.NOTHING); one = locked(piece)) {
            all = all.plus(one);
        }
        return all;
    }

    private <T> T locked(Database.Write<T> write) throws StoreUnavailable {
        writing.lock();
        try {
            return write(write);
        } finally {
            writing.unlock();
        }
    }

    private <T> T write(Database.Write<T> write) throws StoreUnavailable {
        return live.use(database -> database.write(write));
    }

    private <T> T read(Database.Read<T> read) throws StoreUnavailable {
        if (!live.isOpen()) {
            readers.prepare(() -> live.use(database -> database), config.readLimit());
        }
        return readers.run(() -> live.use(database -> database.read(read)));
    }

    private long one(String sql) throws StoreUnavailable {
        Question question = question(sql, List.of());
        return read(connection -> question.rows(connection, row -> row.getLong(1)).getFirst());
    }

    private CallQueries queries(DuckDBConnection connection) {
        return new CallQueries(connection, limitSeconds());
    }

    private int limitSeconds() {
        return (int) config.readLimit().toSeconds();
    }

    private Question question(String sql, List<Object> parameters) {
        return new Question(sql, parameters, limitSeconds());
    }

    private long bytesOnDisk() {
        return size(file) + size(file.resolveSibling(FILE + ".wal"));
    }

    private static long size(Path path) {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
