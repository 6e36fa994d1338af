package io.weir.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.limit.Budget;
import io.weir.limit.Limit;
import io.weir.limit.Limiter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How limits and budgets stand, asked anew for each scrape. A series each rule, whatever number of
 * counters it has: a rule of a counter a user would have a series a user.
 */
public final class LimitMetrics implements MultiCollector {
    private static final double NANOS = 1e9;

    private final Limiter limiter;

    /** Of those of that limiter. */
    public LimitMetrics(Limiter limiter) {
        this.limiter = limiter;
    }

    /** What calls under way have reserved, counted in one of two ways. */
    private record Reserved(String by, long nanoUsd) {}

    /** A rule with all of its counters. */
    private record Rule<S>(String name, List<S> counters) {
        double sum(ToDoubleFunction<S> of) {
            return counters.stream().mapToDouble(of).sum();
        }

        double most(ToDoubleFunction<S> of) {
            return counters.stream().mapToDouble(of).max().orElse(0);
        }
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        open(metrics);
        limits(metrics);
        budgets(metrics);
        new Families<>(
                        metrics,
                        List.copyOf(limiter.refusals().entrySet()),
                        (Map.Entry<String, Long> each) -> Labels.of("rule", each.getKey()))
                .counter(
                        "weir_limit_refusals",
                        "Calls that a limit or a budget did not allow, by its name.",
                        Map.Entry::getValue);
        return metrics.build();
    }

    private void open(MetricSnapshots.Builder metrics) {
        Limiter.Open open = limiter.open();
        new Families<>(metrics, List.of(open), (Limiter.Open each) -> Labels.EMPTY)
                .gauge(
                        "weir_reserving_calls",
                        "Calls under way that have something reserved.",
                        Limiter.Open::calls)
                .counter(
                        "weir_swept_reservations",
                        "Calls that have never ended, and whose reservation was taken back. Above 0 something is wrong: please report it.",
                        Limiter.Open::swept);
        new Families<>(
                        metrics,
                        List.of(
                                new Reserved("calls", open.leased()),
                                new Reserved("budgets", open.reserved())),
                        (Reserved each) -> Labels.of("counted_by", each.by()))
                .gauge(
                        "weir_reserved_usd",
                        "Money reserved for calls under way, added up by calls and by budgets. They are equal while no call begins or ends; apart for long, something leaks.",
                        each -> each.nanoUsd() / NANOS);
    }

    private void limits(MetricSnapshots.Builder metrics) {
        List<Rule<Limit.Standing>> rules =
                rules(limiter.limitStandings(), each -> each.rule().name());
        new Families<>(
                        metrics,
                        rules,
                        (Rule<Limit.Standing> each) -> Labels.of("limit", each.name()))
                .gauge(
                        "weir_limit_calls",
                        "Calls under way that a limit counts.",
                        rule -> rule.sum(Limit.Standing::parallel))
                .gauge(
                        "weir_limit_waiting_calls",
                        "Calls that wait for a limit.",
                        rule -> rule.sum(Limit.Standing::waiting))
                .gauge(
                        "weir_limit_used_ratio",
                        "How much of a limit's requests or tokens is used, by whoever has used the most; 0 to 1.",
                        rule -> rule.most(each -> each.quota().used()));
    }

    private void budgets(MetricSnapshots.Builder metrics) {
        List<Rule<Budget.Standing>> rules =
                rules(limiter.budgetStandings(), each -> each.rule().name());
        new Families<>(
                        metrics,
                        rules,
                        (Rule<Budget.Standing> each) -> Labels.of("budget", each.name()))
                .gauge(
                        "weir_budget_spent_usd",
                        "Spent in a budget's period, by all that have one.",
                        rule -> rule.sum(each -> each.spent() / NANOS))
                .gauge(
                        "weir_budget_used_ratio",
                        "Spent and reserved of what is allowed, by whoever has used the most; 1 is all of it.",
                        rule -> rule.most(Budget.Standing::used))
                .gauge(
                        "weir_budget_known",
                        "0 while it is not known what was spent before a start: hard budgets refuse then.",
                        rule -> rule.counters().stream().allMatch(Budget.Standing::known) ? 1 : 0);
    }

    private static <S> List<Rule<S>> rules(List<S> counters, Function<S, String> name) {
        return counters.stream().collect(Collectors.groupingBy(name)).entrySet().stream()
                .map(each -> new Rule<>(each.getKey(), each.getValue()))
                .toList();
    }
}
