package io.weir.report;

import io.weir.store.Column;
import io.weir.store.Unit;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a group of calls; {@link Measures} has those that pages share.
 *
 * @param sql an expression over the columns of {@code calls} that aggregates them
 * @param rolled how it comes of sums of calls; null where it does not
 */
public record Measure(String name, Unit unit, String sql, @Nullable Rolled rolled) {
    /** How many calls, the first figure of every report. */
    public static final Measure CALLS = count("calls", "true");

    /** How a figure comes of sums of calls. */
    sealed interface Rolled {
        /** An expression over the columns of {@code rollups} that aggregates them. */
        record Sum(String sql) implements Rolled {}

        /** What that share of a histogram does not exceed. */
        record Quantile(Histogram of, double share) implements Rolled {}
    }

    /** A figure that needs the calls themselves. */
    Measure(String name, Unit unit, String sql) {
        this(name, unit, sql, null);
    }

    /** A figure made of sums of columns that {@code rollups} has under the same names. */
    static Measure sum(String name, Unit unit, String sql) {
        return new Measure(name, unit, sql, new Rolled.Sum(sql));
    }

    /** How many calls a condition holds of. */
    static Measure count(String name, String condition) {
        return new Measure(
                name, Unit.CALLS, Words.count(condition), new Rolled.Sum(Rollup.count(condition)));
    }

    /** A quantile of calls, or of a histogram. */
    static Measure quantile(String name, Unit unit, String sql, Histogram of, double share) {
        return new Measure(name, unit, sql, new Rolled.Quantile(of, share));
    }

    /** The same under another name. */
    Measure named(String other) {
        return new Measure(other, unit, sql, rolled);
    }

    /** Its column in a table. */
    public Column column() {
        return new Column(name, unit);
    }

    /** Its column within a question. */
    String alias() {
        return "its_" + name;
    }
}
