package io.weir.report;

import io.weir.store.CallFilter;
import io.weir.store.Condition;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * Which calls a report is about, and how they are grouped.
 *
 * @param since calls received then or later
 * @param until calls received before then
 * @param by what makes groups; without any, all calls are one
 * @param filter what else the calls must be
 * @param contrast what they are set against by a report that does so
 */
public record ReportQuery(
        Instant since, Instant until, List<Dimension> by, CallFilter filter, Contrast contrast) {
    public ReportQuery {
        by = List.copyOf(by);
        if (!since.isBefore(until)) {
            throw new IllegalArgumentException(
                    "since is %s, and has to be before until, %s".formatted(since, until));
        }
        if (new HashSet<>(by).size() < by.size()) {
            throw new IllegalArgumentException("a dimension is given twice: " + by);
        }
    }

    /** A query that sets its calls against nothing special. */
    public ReportQuery(Instant since, Instant until, List<Dimension> by, CallFilter filter) {
        this(since, until, by, filter, Contrast.USUAL);
    }

    /** Every call of a time, as one group. */
    public static ReportQuery of(Instant since, Instant until) {
        return new ReportQuery(since, until, List.of(), CallFilter.ALL);
    }

    /** The same, grouped. */
    public ReportQuery by(Dimension... dimensions) {
        return new ReportQuery(since, until, List.of(dimensions), filter, contrast);
    }

    /** The same, as one group. */
    public ReportQuery ungrouped() {
        return new ReportQuery(since, until, List.of(), filter);
    }

    /** The same without the calls that Weir refused. */
    ReportQuery notRefused() {
        return new ReportQuery(since, until, by, filter.notRefused(), contrast);
    }

    Condition condition() {
        return filter.since(since).until(until).condition();
    }
}
