package io.weir.store;

import io.weir.call.CallRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Fills the store of a data directory with calls that never were, so that pages and reports have
 * something to be measured on. Arguments: the data directory, how many calls, over how many days
 * that end now, and {@code content} for bodies of the last day's calls. The same arguments make the
 * same calls, but for their times.
 */
public final class FillStore {
    private static final int BATCH = 20_000;
    private static final Duration CELL = Duration.ofMinutes(5);

    /** How busy each hour of a day is, in UTC. */
    private static final double[] HOURS = {
        3, 2, 2, 2, 2, 3, 5, 9, 14, 18, 20, 20, 18, 19, 21, 20, 18, 15, 11, 9, 8, 6, 5, 4
    };

    private static final double WEEKEND = 0.4;

    private final Database database;
    private final SyntheticCalls calls;
    private final RandomGenerator random;
    private final List<CallRecord> batch = new ArrayList<>(BATCH);

    private FillStore(Database database, RandomGenerator random) {
        this.database = database;
        this.random = random;
        this.calls = new SyntheticCalls(random);
    }

    /** Fills it. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).resolve("store").resolve("weir.duckdb");
        long count = Long.parseLong(arguments[1]);
        Duration time = Duration.ofDays(Long.parseLong(arguments[2]));
        boolean content = arguments.length > 3 && arguments[3].equals("content");
        PrintStream out = System.out;
        long begin = System.nanoTime();
        Migrator migrator = new Migrator(Migration.shipped());
        try (Database database = Database.open(file, StoreConfig.DEFAULTS, migrator)) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
            new FillStore(database, random).fill(count, time, Instant.now(), content);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        out.printf("%,d calls over %d days in %.0f s%n", count, time.toDays(), seconds);
    }

    private void fill(long count, Duration time, Instant end, boolean content) throws IOException {
        long cells = time.dividedBy(CELL);
        Instant start = end.minus(CELL.multipliedBy(cells));
        double all = 0;
        for (long cell = 0; cell < cells; cell++) {
            all += weight(start.plus(CELL.multipliedBy(cell)));
        }
        double upTo = 0;
        long made = 0;
        for (long cell = 0; cell < cells; cell++) {
            Instant at = start.plus(CELL.multipliedBy(cell));
            upTo += weight(at);
            long now = Math.round(count * upTo / all);
            boolean withContent = content && at.isAfter(end.minus(Duration.ofDays(1)));
            fillCell(at, (int) (now - made), withContent);
            made = now;
        }
        write();
        addUp(end);
    }

    private void fillCell(Instant start, int count, boolean content) throws StoreUnavailable {
        long[] micros = random.longs(count, 0, CELL.toNanos() / 1_000).sorted().toArray();
        for (long offset : micros) {
            batch.add(calls.next(start.plusNanos(offset * 1_000), content));
            if (batch.size() == BATCH) {
                write();
            }
        }
    }

    /** The journal's position stays where it is: these calls are in no journal. */
    private void write() throws StoreUnavailable {
        List<CallRecord> records = List.copyOf(batch);
        database.write(
                connection -> new BatchWriter(connection).write(records, List.of(), 0, false));
        batch.clear();
    }

    private void addUp(Instant before) throws StoreUnavailable {
        boolean more;
        do {
            more = database.write(connection -> new RollupUpkeep(connection).addUp(before));
        } while (more);
    }

    private static double weight(Instant at) {
        LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        boolean weekend = time.getDayOfWeek().getValue() > 5;
        return HOURS[time.getHour()] * (weekend ? WEEKEND : 1);
    }
}
