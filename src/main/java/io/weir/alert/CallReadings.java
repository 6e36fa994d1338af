package io.weir.alert;

import io.weir.report.Dimension;
import io.weir.report.Measure;
import io.weir.report.MovingFigures;
import io.weir.report.Source;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What calls tell: those in the store, now as then. */
final class CallReadings implements Readings {
    /** A budget's spend is added up from as far apart: sums of calls know no closer. */
    private static final Duration BUDGET_STEP = Duration.ofMinutes(5);

    private final CallStore store;

    CallReadings(CallStore store) {
        this.store = store;
    }

    @Override
    public SortedMap<Instant, List<Reading>> between(Rule rule, Instant first, Instant last)
            throws StoreUnavailable {
        return rule.budget() == null
                ? windows(rule, first, last)
                : shares(rule, rule.budget(), first, last);
    }

    private SortedMap<Instant, List<Reading>> windows(Rule rule, Instant first, Instant last)
            throws StoreUnavailable {
        Measure measure = rule.metric().measure(rule.errors());
        CallFilter filter = rule.filter();
        Source source = MovingFigures.source(measure, filter, rule.by(), rule.window());
        MovingFigures figures =
                new MovingFigures(measure, filter, rule.by(), rule.window(), rule.step(), source);
        SortedMap<Instant, List<Reading>> readings = instants(rule, first, last);
        rows(figures.between(first, last, store), rule)
                .forEach(row ->
                        readings.getOrDefault(row.at(), new ArrayList<>()).add(row.reading()));
        if (rule.by().isEmpty() && rule.metric().ofNoneIsZero()) {
            readings.values().stream()
                    .filter(List::isEmpty)
                    .forEach(none -> none.add(new Reading(new TreeMap<>(), 0, 0)));
        }
        return readings;
    }

    /** Adds up what was spent since the period began, which begins anew on the way. */
    private SortedMap<Instant, List<Reading>> shares(
            Rule rule, Rule.Budget budget, Instant first, Instant last) throws StoreUnavailable {
        Measure measure = rule.metric().measure(rule.errors());
        CallFilter filter = rule.filter();
        Source source = MovingFigures.source(measure, filter, rule.by(), Duration.ofDays(1));
        MovingFigures figures =
                new MovingFigures(measure, filter, rule.by(), BUDGET_STEP, BUDGET_STEP, source);
        Instant began = budget.period().start(first);
        SortedMap<Instant, List<Reading>> spent = new TreeMap<>();
        for (Row row : rows(figures.between(began.plus(BUDGET_STEP), last, store), rule)) {
            spent.computeIfAbsent(row.at(), at -> new ArrayList<>()).add(row.reading());
        }
        SortedMap<Instant, List<Reading>> shares = instants(rule, first, last);
        Map<SortedMap<String, String>, Reading> sums = new HashMap<>();
        Instant through = began;
        for (Map.Entry<Instant, List<Reading>> each : shares.entrySet()) {
            Instant period = budget.period().start(each.getKey());
            if (!period.equals(began)) {
                began = period;
                sums.clear();
                through = period;
            }
            Instant next = each.getKey().plusMillis(1);
            spent.subMap(through.plusMillis(1), next)
                    .values()
                    .forEach(readings ->
                            readings.forEach(reading ->
                                    sums.merge(reading.group(), reading, CallReadings::sum)));
            through = each.getKey();
            sums.values()
                    .forEach(sum ->
                            each.getValue()
                                    .add(
                                            new Reading(
                                                    sum.group(),
                                                    sum.value() / budget.nanoUsd(),
                                                    sum.calls())));
        }
        return shares;
    }

    private static Reading sum(Reading one, Reading other) {
        return new Reading(one.group(), one.value() + other.value(), one.calls() + other.calls());
    }

    private static SortedMap<Instant, List<Reading>> instants(
            Rule rule, Instant first, Instant last) {
        SortedMap<Instant, List<Reading>> instants = new TreeMap<>();
        for (Instant at = first; !at.isAfter(last); at = at.plus(rule.step())) {
            instants.put(at, new ArrayList<>());
        }
        return instants;
    }

    private record Row(Instant at, Reading reading) {}

    /** Calls that are of no group, of no upstream for instance, are left out. */
    private static List<Row> rows(Table table, Rule rule) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            SortedMap<String, String> group = new TreeMap<>();
            for (Dimension dimension : rule.by()) {
                @Nullable Object name = table.cell(row, dimension.word());
                if (name != null) {
                    group.put(dimension.word(), String.valueOf(name));
                }
            }
            boolean whole = group.size() == rule.by().size();
            if (whole
                    && table.cell(row, MovingFigures.AT) instanceof Instant at
                    && table.cell(row, MovingFigures.VALUE) instanceof Number value
                    && table.cell(row, Measure.CALLS.name()) instanceof Number calls) {
                rows.add(new Row(at, new Reading(group, value.doubleValue(), calls.longValue())));
            }
        }
        return rows;
    }
}
