package io.weir.report;

import io.weir.store.CallFilter;
import io.weir.store.Condition;
import java.time.Duration;
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
 * @param source what figures are read from
 * @param focus what the report of savings is to look at
 */
public record ReportQuery(
        Instant since,
        Instant until,
        List<Dimension> by,
        CallFilter filter,
        Contrast contrast,
        @Nullable Step step,
        Source source,
        SavingsFocus focus) {
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
        this(since, until, by, filter, Contrast.USUAL, null, Source.CALLS, SavingsFocus.ALL);
    }

    /** Every call of a time, as one group. */
    public static ReportQuery of(Instant since, Instant until) {
        return new ReportQuery(since, until, List.of(), CallFilter.ALL);
    }

    /** The same, grouped. */
    public ReportQuery by(Dimension... dimensions) {
        return new ReportQuery(
                since, until, List.of(dimensions), filter, contrast, step, source, focus);
    }

    /** The same, as one group. */
    public ReportQuery ungrouped() {
        return new ReportQuery(since, until, List.of(), filter, contrast, step, source, focus);
    }

    /** The same from then on. */
    ReportQuery beginning(Instant other) {
        return new ReportQuery(other, until, by, filter, contrast, step, source, focus);
    }

    /** The same, set against that. */
    public ReportQuery against(Contrast other) {
        return new ReportQuery(since, until, by, filter, other, step, source, focus);
    }

    /** The same in such steps; null for those that fit. */
    public ReportQuery inSteps(@Nullable Step other) {
        return new ReportQuery(since, until, by, filter, contrast, other, source, focus);
    }

    /** The same without the calls that Weir refused. */
    ReportQuery timed() {
        return new ReportQuery(since, until, by, filter.timed(), contrast, step, source, focus);
    }

    /** The same with its figures read from there. */
    public ReportQuery from(Source other) {
        return new ReportQuery(since, until, by, filter, contrast, step, other, focus);
    }

    /** The same, of savings looked at so. */
    public ReportQuery focused(SavingsFocus other) {
        return new ReportQuery(since, until, by, filter, contrast, step, source, other);
    }

    Duration length() {
        return Duration.between(since, until);
    }

    /**
     * When the time before began, with which this one is compared: as long, in whole five minutes
     * where that makes no difference, so that sums of five minutes can tell of both.
     */
    Instant before() {
        Duration length = length();
        return length.compareTo(Source.LEAST) < 0
                ? since.minus(length)
                : since.minus(Rollup.WIDTH.multipliedBy(length.dividedBy(Rollup.WIDTH)));
    }

    Condition condition() {
        return filter.since(since).until(until).condition();
    }
}
