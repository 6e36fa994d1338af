package io.weir.report;

import io.weir.store.Column;
import io.weir.store.Unit;

/**
 * A figure of a group of calls.
 *
 * @param sql an expression over the columns of {@code calls} that aggregates them
 */
record Measure(String name, Unit unit, String sql) {
    /** How many calls, the first figure of every report. */
    static final Measure CALLS = new Measure("calls", Unit.CALLS, "count(*)");

    Column column() {
        return new Column(name, unit);
    }
}
