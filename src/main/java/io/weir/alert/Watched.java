package io.weir.alert;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A rule that is watched, and its incident. Guarded by its desk's lock. */
final class Watched {
    private final Rule rule;
    private final RuleWatch watch;
    private Instant looked;
    private @Nullable OpenIncident incident;

    /** Goes on from there. */
    Watched(Rule rule, List<Cell> cells, Instant looked, @Nullable OpenIncident incident) {
        this.rule = rule;
        this.watch = new RuleWatch(rule, cells);
        this.looked = looked;
        this.incident = incident;
    }

    /** One of which nothing is known yet. */
    static Watched anew(Rule rule) {
        return new Watched(rule, List.of(), Instant.EPOCH, null);
    }

    /** The same by a rule that was written anew. */
    Watched by(Rule other) {
        return new Watched(other, watch.cells(), looked, incident);
    }

    Rule rule() {
        return rule;
    }

    Instant looked() {
        return looked;
    }

    /** The incident that is open; null where none is. */
    @Nullable OpenIncident incident() {
        return incident;
    }

    void incident(@Nullable OpenIncident now) {
        incident = now;
    }

    RuleWatch.Change step(Instant at, List<Reading> readings) {
        looked = at;
        return watch.step(at, readings);
    }

    List<Cell> firing() {
        return watch.firing();
    }

    /** Those that fire and that nobody has silenced. */
    List<Cell> audible(List<Silence> silences, Instant now) {
        return firing().stream()
                .filter(cell ->
                        silences.stream()
                                .noneMatch(it -> it.covers(rule.name(), cell.group(), now)))
                .toList();
    }

    /** As it is kept. */
    AlertsState.OfRule state() {
        return new AlertsState.OfRule(rule.name(), looked, watch.cells(), incident);
    }

    /** As people see it. */
    Standing standing(List<Silence> silences, Instant now) {
        List<Cell> firing = firing();
        List<Alert> pending =
                watch.cells().stream()
                        .filter(cell -> !cell.fires())
                        .map(cell -> cell.alert(null))
                        .toList();
        boolean silent =
                !firing.isEmpty() && (rule.quietAt(now) || audible(silences, now).isEmpty());
        return new Standing(
                rule.name(),
                rule.origin().name().toLowerCase(Locale.ROOT),
                rule.severity(),
                AlertWords.summary(rule),
                rule.source(),
                rule.where(),
                rule.metric().trouble(),
                rule.to(),
                looked,
                pending,
                incident == null ? null : incident.shown(rule, firing, null),
                silent);
    }
}
