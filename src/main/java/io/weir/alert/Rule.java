package io.weir.alert;

import io.weir.report.Dimension;
import io.weir.report.FailureClass;
import io.weir.store.CallFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is watched, and who is told when it is not as it should be.
 *
 * @param origin where it comes from
 * @param source as it was written
 * @param errors the failures meant; all where none is named
 * @param above whether values above the threshold are bad, or those below it
 * @param threshold in the metric's unit
 * @param window of the calls that are looked at together
 * @param held how long the condition has to hold before anybody is told
 * @param resolveAfter how long it must not hold before it is over
 * @param atLeast so many calls, or nothing is said
 * @param where which calls, by the names of {@link CallFilter}
 * @param by each group of calls is watched by itself
 * @param to channels
 * @param repeat who has not acknowledged is told again after; zero for never
 * @param groupInterval between the news of one incident
 * @param quiet when nobody is told; null for never
 * @param escalation who is told when nobody acknowledges; null for nobody
 * @param budget of {@link Metric#BUDGET_SHARE}, else null
 */
record Rule(
        String name,
        Origin origin,
        JsonNode source,
        Metric metric,
        Set<FailureClass> errors,
        boolean above,
        double threshold,
        Duration window,
        Duration held,
        Duration resolveAfter,
        long atLeast,
        SortedMap<String, String> where,
        List<Dimension> by,
        Severity severity,
        List<String> to,
        Duration repeat,
        Duration groupInterval,
        @Nullable QuietHours quiet,
        @Nullable Escalation escalation,
        @Nullable Budget budget) {
    /** The steps there are: what is looked at moves on by the largest that fits ten times. */
    private static final List<Duration> STEPS =
            List.of(
                    Duration.ofHours(1),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10));

    Rule {
        errors = Set.copyOf(errors);
        where = new TreeMap<>(where);
        by = List.copyOf(by);
        to = List.copyOf(to);
    }

    /** Where a rule comes from. */
    enum Origin {
        /** Weir itself. */
        DEFAULT,
        /** The configuration. */
        CONFIGURED,
        /** The admin API. */
        ADDED
    }

    /** Who else is told, and when. */
    record Escalation(Duration after, List<String> to) {
        Escalation {
            to = List.copyOf(to);
        }
    }

    /** Money for a time. */
    record Budget(long nanoUsd, Period period) {}

    /** How far apart it is looked at. */
    Duration step() {
        if (budget != null) {
            return Duration.ofMinutes(5);
        }
        return STEPS.stream()
                .filter(step -> window.toMillis() % step.toMillis() == 0)
                .filter(step -> step.multipliedBy(10).compareTo(window) <= 0)
                .findFirst()
                .orElse(STEPS.getLast());
    }

    /** The latest instant at which it is looked at, until then. */
    Instant due(Instant until) {
        long step = step().toMillis();
        return Instant.ofEpochMilli(
                until.toEpochMilli() - Math.floorMod(until.toEpochMilli(), step));
    }

    /** Which calls it is about. */
    CallFilter filter() {
        CallFilter filter = CallFilter.ALL;
        for (Map.Entry<String, String> condition : where.entrySet()) {
            filter = filter.with(condition.getKey(), condition.getValue());
        }
        return filter;
    }

    /** Whether that is not as it should be. */
    boolean holds(Reading reading) {
        if (reading.calls() < atLeast) {
            return false;
        }
        return above ? reading.value() > threshold : reading.value() < threshold;
    }

    /** Whether nobody is told then. */
    boolean quietAt(Instant time) {
        return quiet != null && quiet.at(time);
    }
}
