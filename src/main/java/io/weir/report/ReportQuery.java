package io.weir.report;

import io.weir.store.CallFilter;
import io.weir.store.Condition;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a report is about, and how they are grouped.
 *
 * @param since calls received then or later
 * @param until calls received before then
 * @param by what makes groups; without any, all calls are one
 * @param filter what else the calls must be
 * @param contrast what they are set against by a report that does so
 * @param step between the points of a report over time; null for one that fits
 */
public record ReportQuery(
        Instant since,
        Instant until,
        List<Dimension> by,
        CallFilter filter,
        Contrast contrast,
        @Nullable Step step) {
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

    /** A query that sets its calls against nothing special, in steps that fit. */
    public ReportQuery(Instant since, Instant until, List<Dimension> by, CallFilter filter) {
        this(since, until, by, filter, Contrast.USUAL, null);
    }

    /** Every call of a time, as one group. */
    public static ReportQuery of(Instant since, Instant until) {
        return new ReportQuery(since, until, List.of(), CallFilter.ALL);
    }

    /** The same, grouped. */
    public ReportQuery by(Dimension... dimensions) {
        return new ReportQuery(since, until, List.of(dimensions), filter, contrast, step);
    }

    /** The same, as one group. */
    public ReportQuery ungrouped() {
        return new ReportQuery(since, until, List.of(), filter);
    }

    /** The same, set against that. */
    public ReportQuery against(Contrast other) {
        return new ReportQuery(since, until, by, filter, other, step);
    }

    /** The same in such steps; null for those that fit. */
    public ReportQuery inSteps(@Nullable Step other) {
        return new ReportQuery(since, until, by, filter, contrast, other);
    }

    /** The same without the calls that Weir refused. */
    ReportQuery notRefused() {
        return new ReportQuery(since, until, by, filter.notRefused(), contrast, step);
    }

    Condition condition() {
        return filter.since(since).until(until).condition();
    }
}
