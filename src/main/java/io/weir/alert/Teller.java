package io.weir.alert;

import io.weir.alert.Notification.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Decides when people are told of an incident, and who. */
final class Teller {
    private Teller() {}

    /**
     * What is to be told.
     *
     * @param after the incident when that is told
     */
    record Telling(Kind kind, List<String> channels, OpenIncident after) {
        Telling {
            channels = List.copyOf(channels);
        }
    }

    /**
     * What is to be told of an incident that goes on; empty for nothing.
     *
     * @param audible its alerts that fire and that nobody has silenced
     */
    static Optional<Telling> ongoing(
            Rule rule, OpenIncident incident, List<Cell> audible, Instant now) {
        if (audible.isEmpty() || rule.quietAt(now)) {
            return Optional.empty();
        }
        Instant first = incident.firstTold();
        Instant last = incident.lastTold();
        if (first == null || last == null) {
            return telling(Kind.OPENED, rule.to(), incident, audible, now);
        }
        boolean more = !incident.toldGroups().containsAll(groups(audible));
        if (more && !now.isBefore(last.plus(rule.groupInterval()))) {
            return telling(Kind.GROWN, incident.toldChannels(), incident, audible, now);
        }
        if (incident.acknowledgedBy() != null) {
            return Optional.empty();
        }
        Rule.Escalation escalation = rule.escalation();
        if (escalation != null
                && incident.escalatedAt() == null
                && !now.isBefore(first.plus(escalation.after()))) {
            return telling(Kind.ESCALATED, escalation.to(), incident, audible, now);
        }
        if (rule.repeat().isPositive() && !now.isBefore(last.plus(rule.repeat()))) {
            return telling(Kind.REMINDER, incident.toldChannels(), incident, audible, now);
        }
        return Optional.empty();
    }

    /** What is to be told at an incident's end: whoever heard of it hears that it is over. */
    static Optional<Telling> ended(OpenIncident incident) {
        return incident.toldChannels().isEmpty()
                ? Optional.empty()
                : Optional.of(new Telling(Kind.RESOLVED, incident.toldChannels(), incident));
    }

    private static Optional<Telling> telling(
            Kind kind,
            List<String> channels,
            OpenIncident incident,
            List<Cell> audible,
            Instant now) {
        return Optional.of(
                new Telling(
                        kind,
                        channels,
                        incident.told(channels, groups(audible), kind == Kind.ESCALATED, now)));
    }

    private static List<SortedMap<String, String>> groups(List<Cell> cells) {
        return cells.stream().map(Cell::group).toList();
    }
}
