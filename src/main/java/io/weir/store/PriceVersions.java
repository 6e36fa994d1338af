package io.weir.store;

import io.weir.call.CallRecord;
import io.weir.call.Repriced;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Notes further versions of what calls cost, within a transaction: the calls show the newest, every
 * one is kept, and sums that were written are made right by rows that take the calls out of their
 * groups and put them into others. A version that is there already, or whose call is gone, is left
 * out.
 */
final class PriceVersions {
    private static final String OF_THEM =
            " WHERE received_at BETWEEN make_timestamp(?) AND make_timestamp(?)"
                    + " AND %s IN (SELECT unnest(string_split(?, ',')::UUID[]))";

    private static final String VERSIONS =
            "SELECT call_id, max(version) FROM price_versions"
                    + OF_THEM.formatted("call_id")
                    + " GROUP BY call_id";

    private static final String SHOW_NEWEST =
            """
            UPDATE calls SET cost_nano_usd = newest.cost_nano_usd, cost_state = newest.cost_state,
                price_id = newest.price_id, unpriced_reason = newest.unpriced_reason
            FROM (SELECT * FROM price_versions\
            """
                    + OF_THEM.formatted("call_id")
                    + """
                             QUALIFY version = max(version) OVER (PARTITION BY call_id)) AS newest
                    WHERE calls.id = newest.call_id AND calls.received_at = newest.received_at
                    """;

    private static final String FIRST_BY = "weir";

    private final DuckDBConnection connection;

    PriceVersions(DuckDBConnection connection) {
        this.connection = connection;
    }

    void write(List<Repriced> all) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        Map<UUID, CallRecord> calls = calls(all);
        Map<UUID, Integer> versions = versions(all);
        List<CallRecord> before = new ArrayList<>();
        List<CallRecord> after = new ArrayList<>();
        try (DuckDBAppender rows = connection.createAppender("price_versions")) {
            for (Repriced one : all) {
                CallRecord call = calls.get(one.call());
                int version = versions.getOrDefault(one.call(), Repriced.FIRST_VERSION);
                if (call != null && one.version() == version + 1) {
                    if (version == Repriced.FIRST_VERSION) {
                        row(
                                rows,
                                call,
                                new PriceVersion(version, call.cost(), end(call), FIRST_BY));
                    }
                    row(
                            rows,
                            call,
                            new PriceVersion(one.version(), one.cost(), one.at(), one.by()));
                    before.add(call);
                    CallRecord changed = call.withCost(one.cost());
                    after.add(changed);
                    calls.put(one.call(), changed);
                    versions.put(one.call(), one.version());
                }
            }
        }
        if (!before.isEmpty()) {
            showNewest(after);
            correctSums(before, after);
        }
    }

    private void correctSums(List<CallRecord> before, List<CallRecord> after) throws SQLException {
        try (DuckDBAppender rollups = connection.createAppender("rollup_parts")) {
            RollupRows.writeWithout(rollups, before);
            RollupRows.write(rollups, after);
        }
    }

    private void showNewest(List<CallRecord> changed) throws SQLException {
        try (PreparedStatement show = connection.prepareStatement(SHOW_NEWEST)) {
            bind(show, Bounds.of(changed, CallRecord::receivedAt, CallRecord::id));
            show.executeLargeUpdate();
        }
    }

    private Map<UUID, CallRecord> calls(List<Repriced> all) throws SQLException {
        Map<UUID, CallRecord> calls = new HashMap<>();
        try (PreparedStatement ask =
                connection.prepareStatement(
                        CallCells.CALL + " FROM calls" + OF_THEM.formatted("id"))) {
            bind(ask, Bounds.of(all, Repriced::receivedAt, Repriced::call));
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    CallRecord call = new CallCells(row).call();
                    calls.put(call.id(), call);
                }
            }
        }
        return calls;
    }

    private Map<UUID, Integer> versions(List<Repriced> all) throws SQLException {
        Map<UUID, Integer> versions = new HashMap<>();
        try (PreparedStatement ask = connection.prepareStatement(VERSIONS)) {
            bind(ask, Bounds.of(all, Repriced::receivedAt, Repriced::call));
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    versions.put((UUID) row.getObject(1), row.getInt(2));
                }
            }
        }
        return versions;
    }

    private static void bind(PreparedStatement statement, Bounds bounds) throws SQLException {
        statement.setLong(1, Micros.of(bounds.oldest()));
        statement.setLong(2, Micros.of(bounds.newest()));
        statement.setString(3, bounds.ids());
    }

    private static void row(DuckDBAppender to, CallRecord call, PriceVersion version)
            throws SQLException {
        to.beginRow();
        to.append(call.id());
        to.appendEpochMicros(Micros.of(call.receivedAt()));
        to.append(version.number());
        CallRows.cost(to, version.cost());
        to.appendEpochMicros(Micros.of(version.at()));
        to.append(version.by());
        to.endRow();
    }

    private static Instant end(CallRecord call) {
        return call.receivedAt().plus(Math.max(0, call.moments().closed()), ChronoUnit.MICROS);
    }
}
