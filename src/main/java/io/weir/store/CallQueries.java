package io.weir.store;

import io.weir.call.CallRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.duckdb.DuckDBConnection;

/** Lists calls and looks one up. */
final class CallQueries {
    /** A call's id holds its time: how far its reception may be from that. */
    private static final Duration ID_SLACK = Duration.ofMinutes(10);

    private static final String NEWEST_FIRST = " ORDER BY received_at DESC, id DESC LIMIT ";

    private final DuckDBConnection connection;
    private final int limitSeconds;

    CallQueries(DuckDBConnection connection, int limitSeconds) {
        this.connection = connection;
        this.limitSeconds = limitSeconds;
    }

    /**
     * A page, in two steps: which calls, from the few columns that decide it, then all of their
     * columns. In one step DuckDB would carry all of them through its sorting.
     */
    CallPage page(CallFilter filter, int limit) throws SQLException, StoreUnavailable {
        Condition condition = filter.condition();
        List<Cursor> places =
                ask(
                                "SELECT epoch_us(received_at), id FROM calls WHERE "
                                        + condition.sql()
                                        + NEWEST_FIRST
                                        + (limit + 1),
                                condition.parameters())
                        .rows(connection, row -> new CallCells(row).cursor());
        if (places.isEmpty()) {
            return new CallPage(List.of(), null);
        }
        Instant newest = places.getFirst().receivedAt();
        Instant oldest = places.getLast().receivedAt();
        List<CallRecord> calls =
                calls(filter.and("received_at BETWEEN ? AND ?", oldest, newest), limit);
        boolean last = places.size() <= limit || calls.isEmpty();
        return new CallPage(calls, last ? null : Cursor.after(calls.getLast()).text());
    }

    Optional<CallRecord> call(UUID id) throws SQLException, StoreUnavailable {
        if (id.version() == 7) {
            Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
            CallFilter then = CallFilter.ALL.since(made.minus(ID_SLACK)).until(made.plus(ID_SLACK));
            Optional<CallRecord> call = only(then.and("id = ?", id));
            if (call.isPresent()) {
                return call;
            }
        }
        return only(CallFilter.ALL.and("id = ?", id));
    }

    private Optional<CallRecord> only(CallFilter filter) throws SQLException, StoreUnavailable {
        List<CallRecord> found = calls(filter, 1);
        return found.isEmpty() ? Optional.empty() : Optional.of(complete(found.getFirst()));
    }

    private List<CallRecord> calls(CallFilter filter, int limit)
            throws SQLException, StoreUnavailable {
        Condition condition = filter.condition();
        return ask(
                        CallCells.CALL
                                + " FROM calls WHERE "
                                + condition.sql()
                                + NEWEST_FIRST
                                + limit,
                        condition.parameters())
                .rows(connection, row -> new CallCells(row).call());
    }

    private CallRecord complete(CallRecord call) throws SQLException, StoreUnavailable {
        List<Object> key = List.of(call.receivedAt(), call.id());
        String of = " WHERE received_at = ? AND call_id = ? ";
        List<CallRecord.Content> contents =
                ask(CallCells.CONTENT + " FROM contents" + of, key)
                        .rows(connection, row -> new CallCells(row).content());
        return new CallRecord(
                call.id(),
                call.receivedAt(),
                call.request(),
                call.caller(),
                call.answer(),
                call.usage(),
                call.usageConfidence(),
                call.cost(),
                call.moments(),
                ask(CallCells.ATTEMPT + " FROM attempts" + of + "ORDER BY number", key)
                        .rows(connection, row -> new CallCells(row).attempt()),
                contents.isEmpty() ? null : contents.getFirst());
    }

    private Question ask(String sql, List<Object> parameters) {
        return new Question(sql, parameters, limitSeconds);
    }
}
