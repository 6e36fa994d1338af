package io.weir.store;

import io.weir.call.CallRecord;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/** Writes a batch of records as sums, a row a group, cell by cell in the order of the columns. */
final class RollupRows {
    private RollupRows() {}

    static void write(DuckDBAppender to, List<CallRecord> records) throws SQLException {
        write(to, records, 1);
    }

    /** Writes what takes the calls out of the sums they are in. */
    static void writeWithout(DuckDBAppender to, List<CallRecord> records) throws SQLException {
        write(to, records, -1);
    }

    private static void write(DuckDBAppender to, List<CallRecord> records, int times)
            throws SQLException {
        Map<RollupGroup, RollupSums> groups = new LinkedHashMap<>();
        for (CallRecord call : records) {
            groups.computeIfAbsent(RollupGroup.of(call), group -> new RollupSums()).add(call);
        }
        for (Map.Entry<RollupGroup, RollupSums> row : groups.entrySet()) {
            to.beginRow();
            group(to, row.getKey());
            row.getValue().write(to, times);
            CallRows.text(to, row.getKey().cache());
            row.getValue().writeSaved(to, times);
            to.endRow();
        }
    }

    private static void group(DuckDBAppender to, RollupGroup group) throws SQLException {
        to.appendEpochMicros(group.startMicros());
        to.append(group.endpoint());
        CallRows.text(to, group.requestModel());
        CallRows.text(to, group.responseModel());
        to.append(group.stream());
        CallRows.text(to, group.keyId());
        CallRows.text(to, group.keyName());
        CallRows.text(to, group.project());
        to.append(group.outcome());
        to.append(group.status());
        CallRows.text(to, group.errorType());
        CallRows.text(to, group.errorCode());
        CallRows.text(to, group.upstream());
        to.append(group.confidence().word());
        to.append(group.costState());
    }
}
