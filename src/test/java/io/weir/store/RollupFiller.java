package io.weir.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Writes sums of calls that never were straight into a store that is not open. */
public final class RollupFiller {
    private RollupFiller() {}

    /** Writes them. */
    public static void fill(Path directory, Iterable<List<Sum>> sums) throws StoreUnavailable {
        Path file = directory.resolve("weir.duckdb");
        Migrator migrator = new Migrator(Migration.shipped());
        try (Database database = Database.open(file, Stores.CONFIG, migrator)) {
            database.write(connection -> {
                try (Transaction transaction = new Transaction(connection);
                        DuckDBAppender to = connection.createAppender("rollup_sums")) {
                    for (List<Sum> some : sums) {
                        for (Sum sum : some) {
                            write(to, sum);
                        }
                    }
                    to.flush();
                    transaction.commit();
                }
                return true;
            });
        }
    }

    private static void write(DuckDBAppender to, Sum sum) throws SQLException {
        to.beginRow();
        to.appendEpochMicros(Micros.of(sum.at));
        to.append("chat.completions").append(sum.model).append(sum.model + "-2026-01-01");
        to.append(true).append("id_" + sum.key).append(sum.key).append("default");
        to.append("completed").append(sum.failed ? 500 : 200);
        CallRows.text(to, sum.failed ? "server_error" : null);
        CallRows.text(to, sum.failed ? "server_error" : null);
        to.append("openai").append("provider").append(sum.failed ? "free" : "priced");
        to.append(sum.calls).append(sum.tokens);
        for (int i = 0; i < 8; i++) {
            to.append(0L);
        }
        to.append(sum.costNanoUsd).append(0L).append(0L).append(0L).append(0L);
        to.append(sum.closed.logs()).append(sum.closed.counts());
        to.append(sum.firstToken.logs()).append(sum.firstToken.counts());
        for (int i = 0; i < 10; i++) {
            to.appendNull();
        }
        to.endRow();
    }

    /** A histogram of logarithms, {@code FLOOR(LN(milliseconds) * 20)}, ascending. */
    public record Logs(short[] logs, int[] counts) {}

    /** The sum of some calls of a key to a model within five minutes, all failed or none. */
    public record Sum(
            Instant at,
            String key,
            String model,
            boolean failed,
            long calls,
            long tokens,
            long costNanoUsd,
            Logs closed,
            Logs firstToken) {}
}
