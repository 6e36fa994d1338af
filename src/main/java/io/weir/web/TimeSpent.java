package io.weir.web;

import io.weir.report.Comparison;
import io.weir.report.Dimension;
import io.weir.report.Phase;
import io.weir.store.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of calls goes: a bar of their phases, and the longest of them by its name.
 *
 * @param parts in the order in which a call goes through them
 * @param longest the part that takes most
 * @param where the group of calls that most of that is spent in; null where there are no two groups
 */
record TimeSpent(List<Part> parts, Part longest, @Nullable Where where) {
    /**
     * A phase.
     *
     * @param number its share, 0 to 1
     * @param from where in the bar it begins, 0 to 1
     */
    record Part(Phase phase, String tone, Figure mean, double number, double from) {
        Figure share() {
            return Figures.share(number);
        }

        /** Where it begins, of 100. */
        String x() {
            return String.format(Locale.ROOT, "%.2f", 100 * from);
        }

        /** How wide it is, of 100. */
        String width() {
            return String.format(Locale.ROOT, "%.2f", 100 * number);
        }
    }

    /**
     * A group of calls and its part in the longest phase of all.
     *
     * @param href the view of these calls; null where that cannot be said
     */
    record Where(String dimension, String value, Figure share, @Nullable String href) {}

    /** The colour of a phase, the same everywhere. */
    static String tone(Phase phase) {
        return switch (phase) {
            case WEIR -> "c3";
            case CONNECTING -> "c4";
            case SENDING -> "c5";
            case WAITING -> "c1";
            case STREAMING -> "c2";
        };
    }

    /**
     * Of calls there are.
     *
     * @param now of {@link io.weir.report.Comparison#totals}
     * @param groups of {@link io.weir.report.Comparison#groups}
     */
    static TimeSpent of(Period now, Table groups, Dimension dimension, Visit visit) {
        double whole = 0;
        for (Phase phase : Phase.values()) {
            whole += millis(now, phase);
        }
        List<Part> parts = new ArrayList<>();
        double from = 0;
        for (Phase phase : Phase.values()) {
            double share = whole == 0 ? 0 : millis(now, phase) / whole;
            parts.add(new Part(phase, tone(phase), now.figure(phase.measure()), share, from));
            from += share;
        }
        Part longest = parts.stream().max(Comparator.comparingDouble(Part::number)).orElseThrow();
        return new TimeSpent(parts, longest, where(now, groups, dimension, longest, visit));
    }

    /** The longest of a call's phases with its share: {@code waiting 84 %}. */
    static String longest(ToDoubleFunction<Phase> millis) {
        double whole = Arrays.stream(Phase.values()).mapToDouble(millis).sum();
        if (!(whole > 0)) {
            return Figure.NONE.text();
        }
        Phase longest =
                Arrays.stream(Phase.values()).max(Comparator.comparingDouble(millis)).orElseThrow();
        return longest.word() + " " + Figures.share(millis.applyAsDouble(longest) / whole).text();
    }

    private static @Nullable Where where(
            Period now, Table groups, Dimension dimension, Part longest, Visit visit) {
        Period most = null;
        double sum = 0;
        List<Period> all = LatencyGroups.now(groups);
        for (Period group : all) {
            if (group.sum(longest.phase().measure()) > sum) {
                most = group;
                sum = group.sum(longest.phase().measure());
            }
        }
        if (most == null
                || all.size() < 2
                || !(groups.cell(most.row(), Comparison.VALUE) instanceof String value)) {
            return null;
        }
        return new Where(
                dimension.word(),
                value,
                Figures.share(sum / now.sum(longest.phase().measure())),
                LatencyGroups.narrowed(visit, dimension, value)
                        .map(view -> view.href(visit.path()))
                        .orElse(null));
    }

    private static double millis(Period period, Phase phase) {
        double millis = period.number(phase.measure());
        return Double.isNaN(millis) ? 0 : millis;
    }
}
