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
    private static final String OLDEST_FIRST = " ORDER BY received_at, id LIMIT ";

    /** What the store's times are whole numbers of. */
    private static final long MICRO_NANOS = 1_000;

    private final DuckDBConnection connection;
    private final int limitSeconds;

    CallQueries(DuckDBConnection connection, int limitSeconds) {
        this.connection = connection;
        this.limitSeconds = limitSeconds;
    }

    /** A page, beside the one whose end is known. */
    CallPage page(CallFilter filter, PageRequest page) throws SQLException, StoreUnavailable {
        int limit = page.limit();
        String before = page.before();
        String after = page.after();
        if (before != null) {
            List<CallRecord> nearest =
                    calls(Cursor.of(before).before(filter), limit + 1, OLDEST_FIRST);
            boolean first = nearest.size() <= limit;
            List<CallRecord> calls = nearest.reversed();
            return page(first ? calls : calls.subList(1, calls.size()), false, first);
        }
        List<CallRecord> calls =
                calls(
                        after == null ? filter : Cursor.of(after).after(filter),
                        limit + 1,
                        NEWEST_FIRST);
        boolean last = calls.size() <= limit;
        return page(last ? calls : calls.subList(0, limit), last, after == null);
    }

    private static CallPage page(List<CallRecord> calls, boolean last, boolean first) {
        return new CallPage(
                calls,
                last || calls.isEmpty() ? null : Cursor.at(calls.getLast()).text(),
                first || calls.isEmpty() ? null : Cursor.at(calls.getFirst()).text());
    }

    /**
     * Calls in two steps: which ones, from the few columns that decide it, then all of their
     * columns. In one step DuckDB would carry all of them through its sorting.
     */
    private List<CallRecord> calls(CallFilter filter, int limit, String order)
            throws SQLException, StoreUnavailable {
        Condition condition = filter.condition();
        List<Cursor> places =
                ask(
                                "SELECT epoch_us(received_at), id FROM calls WHERE "
                                        + condition.sql()
                                        + order
                                        + limit,
                                condition.parameters())
                        .rows(connection, row -> new CallCells(row).cursor());
        if (places.isEmpty()) {
            return List.of();
        }
        Instant one = places.getFirst().receivedAt();
        Instant other = places.getLast().receivedAt();
        boolean falling = one.isAfter(other);
        CallFilter then =
                CallFilter.ALL
                        .since(falling ? other : one)
                        .until((falling ? one : other).plusNanos(MICRO_NANOS));
        return whole(then.ids(places.stream().map(Cursor::id).toList()), limit, order);
    }

    Optional<CallRecord> call(UUID id) throws SQLException, StoreUnavailable {
        if (id.version() == 7) {
            Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
            CallFilter then = CallFilter.ALL.since(made.minus(ID_SLACK)).until(made.plus(ID_SLACK));
            Optional<CallRecord> call = only(id(then, id));
            if (call.isPresent()) {
                return call;
            }
        }
        return only(id(CallFilter.ALL, id));
    }

    List<PriceVersion> priceVersions(CallRecord call) throws SQLException, StoreUnavailable {
        return ask(
                        CallCells.PRICE_VERSION
                                + " FROM price_versions WHERE received_at = ? AND call_id = ?"
                                + " ORDER BY version",
                        List.of(call.receivedAt(), call.id()))
                .rows(connection, row -> new CallCells(row).priceVersion());
    }

    private static CallFilter id(CallFilter filter, UUID id) {
        return filter.and(call -> call.id().equals(id), "id = ?", id);
    }

    private Optional<CallRecord> only(CallFilter filter) throws SQLException, StoreUnavailable {
        List<CallRecord> found = whole(filter, 1, NEWEST_FIRST);
        return found.isEmpty() ? Optional.empty() : Optional.of(complete(found.getFirst()));
    }

    private List<CallRecord> whole(CallFilter filter, int limit, String order)
            throws SQLException, StoreUnavailable {
        Condition condition = filter.condition();
        return ask(
                        CallCells.CALL + " FROM calls WHERE " + condition.sql() + order + limit,
                        condition.parameters())
                .rows(connection, row -> new CallCells(row).call());
    }

    private CallRecord complete(CallRecord call) throws SQLException, StoreUnavailable {
        List<Object> key = List.of(call.receivedAt(), call.id());
        String of = " WHERE received_at = ? AND call_id = ? ";
        List<CallRecord.Content> contents =
                ask(CallCells.CONTENT + " FROM contents" + of, key)
                        .rows(connection, row -> new CallCells(row).content());
        return call.with(
                ask(CallCells.ATTEMPT + " FROM attempts" + of + "ORDER BY number", key)
                        .rows(connection, row -> new CallCells(row).attempt()),
                contents.isEmpty() ? null : contents.getFirst());
    }

    private Question ask(String sql, List<Object> parameters) {
        return new Question(sql, parameters, limitSeconds);
    }
}
