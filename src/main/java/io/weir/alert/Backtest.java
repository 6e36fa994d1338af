package io.weir.alert;

import io.weir.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When a rule would have fired, by the same steps as it does.
 *
 * @param summary what the rule watches for
 * @param looked at so many instants
 * @param alerts that would have fired, the earliest first
 */
public record Backtest(
        String rule,
        String summary,
        Instant since,
        Instant until,
        long looked,
        List<Alert> alerts) {
    /** So much is read at once. */
    private static final Duration PART = Duration.ofDays(1);

    public Backtest {
        alerts = List.copyOf(alerts);
    }

    /** How many incidents they would have been. */
    public int incidents() {
        int incidents = 0;
        Instant through = Instant.MIN;
        for (Alert alert : alerts) {
            if (alert.since().isAfter(through)) {
                incidents++;
            }
            Instant end = alert.until() == null ? Instant.MAX : alert.until();
            through = end.isAfter(through) ? end : through;
        }
        return incidents;
    }

    static Backtest of(Rule rule, Readings readings, Instant since, Instant until)
            throws StoreUnavailable {
        if (rule.metric().origin() == Metric.Origin.EXPORTERS
                || rule.metric().origin() == Metric.Origin.LIMITER
                || rule.metric().origin() == Metric.Origin.STORE) {
            throw new IllegalArgumentException(
                    "%s is not kept: the past knows nothing of it".formatted(rule.metric().word()));
        }
        RuleWatch watch = new RuleWatch(rule, List.of());
        SortedMap<SortedMap<String, String>, Cell> worst = new TreeMap<>(Reading.BY_GROUP);
        List<Alert> alerts = new ArrayList<>();
        long looked = 0;
        Instant first = rule.due(since).plus(rule.step());
        Instant last = rule.due(until);
        while (!first.isAfter(last)) {
            Instant end = first.plus(PART).isBefore(last) ? rule.due(first.plus(PART)) : last;
            for (Map.Entry<Instant, List<Reading>> each :
                    readings.between(rule, first, end).entrySet()) {
                looked++;
                RuleWatch.Change change = watch.step(each.getKey(), each.getValue());
                remember(worst, watch.firing(), rule);
                change.ended().forEach(cell -> alerts.add(taken(worst, cell).alert(each.getKey())));
            }
            first = end.plus(rule.step());
        }
        watch.firing().forEach(cell -> alerts.add(taken(worst, cell).alert(null)));
        alerts.sort(Comparator.comparing(Alert::since));
        return new Backtest(rule.name(), AlertWords.summary(rule), since, until, looked, alerts);
    }

    /** An alert is shown as it was at its worst. */
    private static void remember(
            SortedMap<SortedMap<String, String>, Cell> worst, Collection<Cell> firing, Rule rule) {
        for (Cell cell : firing) {
            worst.merge(
                    cell.group(),
                    cell,
                    (one, other) -> (other.value() > one.value()) == rule.above() ? other : one);
        }
    }

    private static Cell taken(SortedMap<SortedMap<String, String>, Cell> worst, Cell cell) {
        Cell remembered = worst.remove(cell.group());
        return remembered == null ? cell : remembered;
    }
}
