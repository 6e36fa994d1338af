package io.weir.alert;

import io.weir.report.AnomalyWatch;
import io.weir.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is out of the usual, each thing a group of its own; its value says how unlikely it is. */
final class AnomalyReadings implements Readings {
    /** Five minutes are judged when they are over: what is found lies at least as far back. */
    private static final Duration FRESH = Duration.ofMinutes(11);

    private final AnomalyWatch watch;

    AnomalyReadings(AnomalyWatch watch) {
        this.watch = watch;
    }

    @Override
    public SortedMap<Instant, List<Reading>> between(Rule rule, Instant first, Instant last) {
        SortedMap<Instant, List<Reading>> readings = new TreeMap<>();
        for (Instant at = first; !at.isAfter(last); at = at.plus(rule.step())) {
            readings.put(at, at(rule, at));
        }
        return readings;
    }

    private List<Reading> at(Rule rule, Instant at) {
        List<Reading> readings = new ArrayList<>();
        Table found = watch.within(at.minus(FRESH), at);
        for (int row = 0; row < found.rows().size(); row++) {
            SortedMap<String, String> group = new TreeMap<>();
            group.put("anomaly", text(found.cell(row, "kind")));
            group.put(text(found.cell(row, "scope")), text(found.cell(row, "name")));
            boolean meant =
                    rule.where().entrySet().stream()
                            .allMatch(it -> it.getValue().equals(group.get(it.getKey())));
            if (meant
                    && found.cell(row, "score") instanceof Number score
                    && found.cell(row, "calls") instanceof Number calls) {
                readings.add(
                        new Reading(
                                group,
                                score.doubleValue(),
                                calls.longValue(),
                                text(found.cell(row, "reads"))));
            }
        }
        return readings;
    }

    private static String text(@Nullable Object cell) {
        return String.valueOf(cell);
    }
}
