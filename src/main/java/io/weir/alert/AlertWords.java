package io.weir.alert;

import io.weir.report.Dimension;
import io.weir.report.FailureClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Rules and what they find, in words. */
final class AlertWords {
    private AlertWords() {}

    /** What a rule watches for: {@code error rate above 5 % in 5 min, by model}. */
    static String summary(Rule rule) {
        if (rule.metric() == Metric.ANOMALY) {
            return "anything out of the usual" + where(rule);
        }
        String errors =
                rule.errors().isEmpty()
                        ? ""
                        : rule.errors().stream()
                                .map(FailureClass::word)
                                .sorted()
                                .collect(Collectors.joining(", ", " (", ")"));
        String by =
                rule.by().isEmpty()
                        ? ""
                        : rule.by().stream()
                                .map(Dimension::word)
                                .collect(Collectors.joining(" and ", ", by ", ""));
        return "%s%s %s %s%s%s%s%s"
                .formatted(
                        rule.metric().word().replace('_', ' '),
                        errors,
                        rule.above() ? "above" : "below",
                        threshold(rule),
                        when(rule),
                        rule.held().isPositive() ? " for " + length(rule.held()) : "",
                        where(rule),
                        by);
    }

    /** What was found, with the group's names. */
    static String sentence(Rule rule, Reading found) {
        String group = group(found.group());
        if (!found.said().isEmpty()) {
            return found.said();
        }
        return "%s%s, %s than %s"
                .formatted(
                        group.isEmpty() ? "" : group + ": ",
                        observed(rule, found),
                        rule.above() ? "more" : "less",
                        threshold(rule));
    }

    /** A group's names: {@code model gpt-4o, key web}. */
    static String group(SortedMap<String, String> group) {
        return group.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    /** A length of time in its largest whole unit. */
    static String length(Duration length) {
        long seconds = length.toSeconds();
        return seconds % 86_400 == 0 && seconds > 0
                ? seconds / 86_400 + " d"
                : seconds % 3_600 == 0 && seconds > 0
                        ? seconds / 3_600 + " h"
                        : seconds % 60 == 0 && seconds > 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** How long it is from one instant to another, to a minute where that is enough. */
    static String between(Instant from, Instant to) {
        Duration length = Duration.between(from, to);
        return length(
                length.compareTo(Duration.ofMinutes(2)) < 0
                        ? Duration.ofSeconds(length.toSeconds())
                        : Duration.ofMinutes(length.toMinutes()));
    }

    private static String observed(Rule rule, Reading found) {
        String value = Amount.text(found.value(), rule.metric().unit());
        String calls = String.format(Locale.ROOT, "%,d calls", found.calls());
        return switch (rule.metric()) {
            case ERROR_RATE -> "%s of %s failed%s".formatted(value, calls, when(rule));
            case UPSTREAM_FAILURES ->
                    "%s of %s were let down by it%s".formatted(value, calls, when(rule));
            case LATENCY_P50, LATENCY_P95, LATENCY_P99 ->
                    "%s latency of %s is %s%s"
                            .formatted(
                                    rule.metric().word().substring("latency_".length()),
                                    calls,
                                    value,
                                    when(rule));
            case FIRST_TOKEN_P95 ->
                    "p95 first token of %s is at %s%s".formatted(calls, value, when(rule));
            case CALLS -> "%s%s".formatted(calls, when(rule));
            case TOKENS -> "%s tokens%s".formatted(value, when(rule));
            case SPEND -> "%s spent%s".formatted(value, when(rule));
            case BUDGET_SHARE -> "%s of the budget is spent".formatted(value);
            case BUDGET_USED -> "%s of it is spent or reserved".formatted(value);
            case UNPRICED_CALLS -> "%s calls without a price%s".formatted(value, when(rule));
            case ANOMALY, LEAKED_KEYS -> found.said();
            case EXPORTER_LAG -> "the oldest call waits for %s".formatted(value);
            case STORE_LAG -> "%s calls are not in the store".formatted(value);
        };
    }

    private static String when(Rule rule) {
        return rule.metric().origin() == Metric.Origin.CALLS ? " in " + length(rule.window()) : "";
    }

    private static String threshold(Rule rule) {
        return Amount.text(rule.threshold(), rule.metric().unit());
    }

    private static String where(Rule rule) {
        return rule.where().isEmpty() ? "" : " of " + group(rule.where());
    }
}
