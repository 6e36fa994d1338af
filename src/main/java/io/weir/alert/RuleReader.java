package io.weir.alert;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.report.Dimension;
import io.weir.report.FailureClass;
import io.weir.store.CallFilter;
import io.weir.store.Unit;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads rules, from the configuration or from whoever adds one.
 *
 * @param channels names of those there are
 * @param quiet of rules that say nothing about it and are not critical; null for never
 */
record RuleReader(List<String> channels, @Nullable QuietHours quiet) {
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration SHORTEST_STEP = Duration.ofSeconds(10);

    private static final List<String> CLASSES =
            Arrays.stream(FailureClass.values()).map(FailureClass::word).toList();

    private static final List<String> DAYS =
            Arrays.stream(DayOfWeek.values())
                    .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                    .toList();

    RuleReader {
        channels = List.copyOf(channels);
    }

    /**
     * A rule.
     *
     * @throws ConfigException saying which key is wrong and what would do
     */
    Rule read(JsonNode item, Rule.Origin from) {
        Settings keys = Settings.named(item, "alerts.rules", 60);
        String name = item.path("name").asString();
        Rule rule = rule(keys, name, from, item);
        keys.refuseUnknown();
        return rule;
    }

    /**
     * Quiet hours; null where the keys say nothing.
     *
     * @param prefix of the keys
     */
    static @Nullable QuietHours quiet(Settings keys, String prefix) {
        String fromKey = prefix + "quiet.from";
        String toKey = prefix + "quiet.to";
        String zoneKey = prefix + "quiet.zone";
        String from =
                keys.text(fromKey, "", "when quiet hours begin, in which nobody is told: 22:00");
        String to = keys.text(toKey, "", "when they end: 07:00");
        List<String> days =
                keys.someOf(prefix + "quiet.days", DAYS, DAYS, "on which quiet hours begin");
        String zone = keys.text(zoneKey, "UTC", "whose hours these are: Europe/Berlin");
        if (from.isEmpty() && to.isEmpty()) {
            return null;
        }
        Set<DayOfWeek> chosen =
                days.stream()
                        .map(day -> DayOfWeek.of(DAYS.indexOf(day) + 1))
                        .collect(Collectors.toSet());
        return new QuietHours(
                time(keys, fromKey, from),
                time(keys, toKey, to),
                chosen,
                zone(keys, zoneKey, zone));
    }

    private Rule rule(Settings keys, String name, Rule.Origin from, JsonNode source) {
        Metric metric = Metric.of(required(keys, "metric", Metric.WORDS, "what is watched"));
        Severity severity =
                Severity.of(
                        keys.oneOf(
                                "severity",
                                List.of("warning", "critical", "info"),
                                "how much it matters"));
        @Nullable String above = keys.textOrNull("above", "values that are too high");
        @Nullable String below = keys.textOrNull("below", "values that are too low");
        Duration window = window(keys, metric);
        @Nullable QuietHours own = quiet(keys, "");
        return new Rule(
                name,
                from,
                source,
                metric,
                errors(keys, metric),
                below == null,
                threshold(keys, metric, above, below),
                window,
                keys.duration("for", "0s", "how long it has to be so before anybody is told"),
                keys.duration(
                        "resolve_after", "2m", "how long it must not be so before it is over"),
                keys.number(
                        "at_least",
                        metric.atLeast(),
                        0,
                        Integer.MAX_VALUE,
                        "calls in the window, or nothing is said"),
                where(keys, name, metric),
                by(keys, metric),
                severity,
                channels(keys, "to", channels, "channels; all where none is named"),
                keys.duration(
                        "repeat",
                        "4h",
                        "who has not acknowledged is told again after; 0s for never"),
                keys.duration("group_interval", "5m", "between the news of one incident"),
                own != null || severity == Severity.CRITICAL ? own : quiet,
                escalation(keys),
                budget(keys, metric));
    }

    private static String required(Settings keys, String key, List<String> words, String meaning) {
        String word = keys.text(key, "", meaning);
        if (!words.contains(word)) {
            throw keys.wrong(key, word, "one of " + String.join(", ", words));
        }
        return word;
    }

    private static Duration window(Settings keys, Metric metric) {
        Duration window = keys.duration("window", "5m", "of the calls that are looked at together");
        boolean fits =
                window.compareTo(SHORTEST_STEP) >= 0
                        && window.compareTo(LONGEST) <= 0
                        && window.toMillis() % SHORTEST_STEP.toMillis() == 0;
        if (!fits && metric.origin() == Metric.Origin.CALLS) {
            throw keys.wrong("window", window.toString(), "10s to 31d, in whole tens of seconds");
        }
        return window;
    }

    private static Set<FailureClass> errors(Settings keys, Metric metric) {
        List<String> words =
                keys.someOf(
                        "errors",
                        CLASSES,
                        List.of(),
                        "failures that are meant; all where none is named");
        if (!words.isEmpty() && metric != Metric.ERROR_RATE) {
            throw keys.wrong("errors", words.toString(), "for this metric: only error_rate has it");
        }
        return words.stream()
                .map(FailureClass::of)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FailureClass.class)));
    }

    private static double threshold(
            Settings keys, Metric metric, @Nullable String above, @Nullable String below) {
        if (metric == Metric.ANOMALY && above == null && below == null) {
            return 0;
        }
        if ((above == null) == (below == null)) {
            throw keys.wrong(
                    "above", String.valueOf(above), "alone: give above or below, one of them");
        }
        Unit unit = metric.unit();
        String text = above == null ? String.valueOf(below) : above;
        OptionalDouble value = Amount.parse(text, unit);
        if (value.isEmpty()) {
            throw keys.wrong(above == null ? "below" : "above", text, Amount.form(unit));
        }
        return value.getAsDouble();
    }

    private static TreeMap<String, String> where(Settings keys, String name, Metric metric) {
        Map<String, String> where =
                keys.textsByName("where", "which calls; names and values as weir calls filters by");
        TreeMap<String, String> sorted = new TreeMap<>(where);
        if (metric == Metric.ANOMALY && !Set.of("model", "key").containsAll(sorted.keySet())) {
            throw keys.wrong(
                    "where", sorted.keySet().toString(), "model or key, of which anomalies are");
        }
        for (Map.Entry<String, String> condition : sorted.entrySet()) {
            try {
                CallFilter.ALL.with(condition.getKey(), condition.getValue());
            } catch (IllegalArgumentException e) {
                throw new ConfigException(
                        "alerts.rules.%s: where: %s.".formatted(name, e.getMessage()));
            }
        }
        return sorted;
    }

    private static List<Dimension> by(Settings keys, Metric metric) {
        List<String> fallback =
                metric == Metric.UPSTREAM_FAILURES ? List.of("upstream") : List.of();
        List<String> known = List.of("model", "key", "project", "endpoint", "upstream", "user");
        return keys
                .someOf("by", known, fallback, "each group of calls is watched by itself")
                .stream()
                .map(Dimension::of)
                .toList();
    }

    private static List<String> channels(
            Settings keys, String key, List<String> known, String meaning) {
        List<String> named = keys.texts(key, meaning);
        for (String channel : named) {
            if (!known.contains(channel)) {
                throw keys.wrong(
                        key,
                        channel,
                        known.isEmpty()
                                ? "a channel: none is configured, see alerts.channels"
                                : "one of " + String.join(", ", known));
            }
        }
        return named.isEmpty() && key.equals("to") ? known : named;
    }

    private Rule.@Nullable Escalation escalation(Settings keys) {
        Duration after =
                keys.duration(
                        "escalate.after", "0s", "who has not acknowledged by then is passed over");
        List<String> to =
                channels(keys, "escalate.to", channels, "channels of those who are told then");
        if (to.isEmpty()) {
            return null;
        }
        if (!after.isPositive()) {
            throw keys.wrong("escalate.after", after.toString(), "a time such as 15m");
        }
        return new Rule.Escalation(after, to);
    }

    private static Rule.@Nullable Budget budget(Settings keys, Metric metric) {
        @Nullable String money = keys.textOrNull("budget", "of budget_share, for a period: $100");
        String length = keys.oneOf("period", Period.Length.WORDS, "of the budget");
        String zone = keys.text("zone", "UTC", "in which the period begins at midnight");
        if (metric != Metric.BUDGET_SHARE) {
            return null;
        }
        OptionalDouble nanoUsd =
                money == null ? OptionalDouble.empty() : Amount.parse(money, Unit.NANO_USD);
        if (nanoUsd.isEmpty() || nanoUsd.getAsDouble() < 1) {
            throw keys.wrong("budget", String.valueOf(money), Amount.form(Unit.NANO_USD));
        }
        return new Rule.Budget(
                Math.round(nanoUsd.getAsDouble()),
                new Period(
                        Period.Length.valueOf(length.toUpperCase(Locale.ROOT)),
                        zone(keys, "zone", zone)));
    }

    private static LocalTime time(Settings keys, String key, String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw keys.wrong(key, text, "a time of the day such as 22:00");
        }
    }

    private static ZoneId zone(Settings keys, String key, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw keys.wrong(key, text, "a zone such as Europe/Berlin or UTC");
        }
    }
}
