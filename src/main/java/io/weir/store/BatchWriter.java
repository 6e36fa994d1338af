package io.weir.store;

import io.weir.call.Attempt;
import io.weir.call.CallRecord;
import io.weir.call.Repriced;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Writes a batch of records, their sums, and how far the journal is thereby applied, in one
 * transaction. A call that is there already, or twice in the batch, is left out: the journal may be
 * read again after a crash, and the first record of a call is the true one.
 */
final class BatchWriter {
    private final DuckDBConnection connection;

    BatchWriter(DuckDBConnection connection) {
        this.connection = connection;
    }

    /**
     * Writes it.
     *
     * @param priced what calls, of these or stored ones, were found to cost after their end
     * @param check whether some of the records may be stored already
     * @return whether the journal is thereby applied further than before
     */
    boolean write(
            List<CallRecord> records, List<Repriced> priced, long throughSequence, boolean check)
            throws SQLException {
        try (Transaction transaction = new Transaction(connection)) {
            List<CallRecord> news = unknown(records, check);
            if (!news.isEmpty()) {
                append(news);
            }
            new PriceVersions(connection).write(priced);
            boolean further = applied(throughSequence);
            transaction.commit();
            return further;
        }
    }

    private boolean applied(long throughSequence) throws SQLException {
        try (PreparedStatement applied =
                connection.prepareStatement("UPDATE applied SET sequence = ? WHERE sequence < ?")) {
            applied.setLong(1, throughSequence);
            applied.setLong(2, throughSequence);
            return applied.executeUpdate() == 1;
        }
    }

    private void append(List<CallRecord> records) throws SQLException {
        try (DuckDBAppender calls = connection.createAppender("calls");
                DuckDBAppender attempts = connection.createAppender("attempts");
                DuckDBAppender contents = connection.createAppender("contents");
                DuckDBAppender rollups = connection.createAppender("rollup_parts")) {
            for (CallRecord call : records) {
                CallRows.call(calls, call);
                for (Attempt attempt : call.attempts()) {
                    CallRows.attempt(attempts, call, attempt);
                }
                if (call.content() != null) {
                    CallRows.content(contents, call, call.content());
                }
            }
            RollupRows.write(rollups, records);
        }
    }

    private List<CallRecord> unknown(List<CallRecord> records, boolean check) throws SQLException {
        Set<UUID> seen = check && !records.isEmpty() ? known(records) : new HashSet<>();
        return records.stream().filter(call -> seen.add(call.id())).toList();
    }

    /** Which of the calls are stored. The bounds keep it to the newest row groups. */
    private Set<UUID> known(List<CallRecord> records) throws SQLException {
        Bounds bounds = Bounds.of(records, CallRecord::receivedAt, CallRecord::id);
        Set<UUID> known = new HashSet<>();
        try (PreparedStatement stored =
                connection.prepareStatement(
                        "SELECT id FROM calls"
                                + " WHERE received_at BETWEEN make_timestamp(?) AND make_timestamp(?)"
                                + " AND id IN (SELECT unnest(string_split(?, ',')::UUID[]))")) {
            stored.setLong(1, Micros.of(bounds.oldest()));
            stored.setLong(2, Micros.of(bounds.newest()));
            stored.setString(3, bounds.ids());
            try (ResultSet rows = stored.executeQuery()) {
                while (rows.next()) {
                    known.add((UUID) rows.getObject(1));
                }
            }
        }
        return known;
    }
}
