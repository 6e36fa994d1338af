package io.weir.report;

import io.weir.store.Column;
import io.weir.store.Unit;

/**
 * A figure of a group of calls; {@link Measures} has those that pages share.
 *
 * @param sql an expression over the columns of {@code calls} that aggregates them
 */
public record Measure(String name, Unit unit, String sql) {
    /** How many calls, the first figure of every report. */
    public static final Measure CALLS = new Measure("calls", Unit.CALLS, "count(*)");

    /** Its column in a table. */
    public Column column() {
        return new Column(name, unit);
    }
}
