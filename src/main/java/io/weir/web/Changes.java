package io.weir.web;

import io.weir.report.Comparison;
import io.weir.report.Dimension;
import io.weir.report.Measure;
import io.weir.report.Measures;
import io.weir.store.Table;
import io.weir.web.Delta.Meaning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What changed most from the time before: the largest ratios, with as much added to both sides as a
 * handful of calls amounts to, so that from one call to three is no news.
 */
final class Changes {
    private static final int MOST = 5;
    private static final int ENOUGH_CALLS = 20;
    private static final double NOTABLE = Math.log(1.25);

    private static final Set<String> WATCHED =
            Set.of(Dimension.MODEL.word(), Dimension.KEY.word(), Dimension.ENDPOINT.word());

    private static final List<Watched> FIGURES =
            List.of(
                    new Watched("calls", Measure.CALLS, 10, false, Meaning.NEUTRAL),
                    new Watched(
                            "error rate", Measures.ERROR_RATE, 0.01, true, Meaning.LESS_IS_BETTER),
                    new Watched("latency p95", Measures.P95_MS, 50, true, Meaning.LESS_IS_BETTER),
                    new Watched("spend", Measures.COST, 10_000_000, false, Meaning.NEUTRAL));

    private Changes() {}

    /**
     * A figure whose changes are told.
     *
     * @param handful what is added to both sides
     * @param ofMany whether it means something only over enough calls, then and now
     */
    private record Watched(
            String name, Measure measure, double handful, boolean ofMany, Meaning meaning) {}

    private record Group(String dimension, String value) {}

    private record Ranked(double size, Group group, Change change) {}

    /** The largest, of a table of {@link Comparison#groups}; one for each group. */
    static List<Change> largest(Table groups, ViewQuery view) {
        Map<Group, Period> now = periods(groups, true);
        Map<Group, Period> before = periods(groups, false);
        if (before.isEmpty()) {
            return List.of();
        }
        Set<Group> all = new HashSet<>(now.keySet());
        all.addAll(before.keySet());
        Period none = new Period(groups, -1);
        List<Ranked> ranked = new ArrayList<>();
        for (Group group : all) {
            for (Watched figure : FIGURES) {
                rank(
                        ranked,
                        group,
                        figure,
                        before.getOrDefault(group, none),
                        now.getOrDefault(group, none),
                        view);
            }
        }
        ranked.sort(
                Comparator.comparingDouble(Ranked::size)
                        .reversed()
                        .thenComparing(each -> each.group().dimension())
                        .thenComparing(each -> each.group().value()));
        Set<Group> told = new HashSet<>();
        return ranked.stream()
                .filter(each -> told.add(each.group()))
                .limit(MOST)
                .map(Ranked::change)
                .toList();
    }

    private static void rank(
            List<Ranked> ranked,
            Group group,
            Watched figure,
            Period before,
            Period now,
            ViewQuery view) {
        double was = before.number(figure.measure());
        double is = now.number(figure.measure());
        double size = Math.abs(Math.log((is + figure.handful()) / (was + figure.handful())));
        if ((figure.ofMany() && (isFew(before) || isFew(now))) || !(size >= NOTABLE)) {
            return;
        }
        ranked.add(
                new Ranked(
                        size,
                        group,
                        new Change(
                                group.dimension(),
                                group.value(),
                                figure.name(),
                                before.figure(figure.measure()),
                                now.figure(figure.measure()),
                                Delta.of(was, is, figure.meaning()),
                                view.with(group.dimension(), group.value()).href("/"))));
    }

    private static boolean isFew(Period period) {
        return period.number(Measure.CALLS) < ENOUGH_CALLS;
    }

    private static Map<Group, Period> periods(Table groups, boolean now) {
        Map<Group, Period> periods = new LinkedHashMap<>();
        for (int row = 0; row < groups.rows().size(); row++) {
            if (groups.cell(row, Comparison.DIMENSION) instanceof String dimension
                    && WATCHED.contains(dimension)
                    && groups.cell(row, Comparison.VALUE) instanceof String value
                    && Boolean.valueOf(now).equals(groups.cell(row, Comparison.NOW))) {
                periods.put(new Group(dimension, value), new Period(groups, row));
            }
        }
        return periods;
    }
}
