package io.weir.alert;

import io.weir.export.Sent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which rules fire, which incidents are open, who is silenced, and what channels are yet to be
 * told: all of it under one lock, and on the disk before anybody is told, so that a restart neither
 * forgets nor begins again.
 */
final class AlertDesk {
    private static final System.Logger LOG = System.getLogger(AlertDesk.class.getName());

    private final StateFile<AlertsState> file;
    private final History history;
    private final RandomGenerator random;
    private final @Nullable String link;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition posted = lock.newCondition();
    private final SortedMap<String, Watched> watched = new TreeMap<>();
    private final List<Silence> silences = new ArrayList<>();
    private final Outbox outbox;
    private boolean unsaved;

    /**
     * Goes on where the last one stopped.
     *
     * @param link of Weir's page of alerts; null where it does not know its own address
     */
    AlertDesk(
            StateFile<AlertsState> file,
            History history,
            List<Rule> rules,
            List<String> channels,
            RandomGenerator random,
            @Nullable String link,
            Instant now)
            throws IOException {
        this.file = file;
        this.history = history;
        this.random = random;
        this.link = link;
        AlertsState before = file.read(AlertsState.EMPTY);
        silences.addAll(before.silences());
        outbox = new Outbox(channels, before.outbox());
        rules.forEach(rule -> watched.put(rule.name(), Watched.anew(rule)));
        for (AlertsState.OfRule each : before.rules()) {
            @Nullable Watched fresh = watched.get(each.rule());
            if (fresh == null) {
                abandon(each.rule(), each.incident(), now);
            } else {
                watched.put(
                        each.rule(),
                        new Watched(fresh.rule(), each.cells(), each.looked(), each.incident()));
            }
        }
    }

    /** Rules that are to be looked at, each at which instant. */
    Map<Rule, Instant> due(Instant until) {
        lock.lock();
        try {
            Map<Rule, Instant> due = new LinkedHashMap<>();
            for (Watched each : watched.values()) {
                Instant at = each.rule().due(until);
                if (at.isAfter(each.looked())) {
                    due.put(each.rule(), at);
                }
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what was read of a rule, which may be gone by now. */
    void step(Rule rule, Instant at, List<Reading> readings) {
        lock.lock();
        try {
            @Nullable Watched of = watched.get(rule.name());
            if (of != null && of.rule().equals(rule)) {
                changed(of, of.step(at, readings), at);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has people told what they are to know now. */
    void tell(Instant now) {
        lock.lock();
        try {
            unsaved |= silences.removeIf(silence -> !now.isBefore(silence.until()));
            for (Watched each : watched.values()) {
                OpenIncident incident = each.incident();
                if (incident != null) {
                    List<Cell> audible = each.audible(silences, now);
                    Optional<Teller.Telling> telling =
                            Teller.ongoing(each.rule(), incident, audible, now);
                    if (telling.isPresent()) {
                        OpenIncident after = telling.get().after();
                        each.incident(after);
                        post(telling.get(), after.shown(each.rule(), audible, null), now);
                    }
                }
            }
            save();
        } finally {
            lock.unlock();
        }
    }

    /** What a channel is to be told next; waits until there is something. */
    Notification next(String channel) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<Notification> first = outbox.first(channel);
            while (first.isEmpty() || unsaved) {
                posted.await();
                first = outbox.first(channel);
            }
            return first.get();
        } finally {
            lock.unlock();
        }
    }

    /** A channel has been told, or will never take it. */
    void settled(String channel, Notification told, Sent sent, Instant now) {
        lock.lock();
        try {
            outbox.remove(channel, told);
            String what = told.kind().word();
            HistoryEntry entry =
                    sent instanceof Sent.Refused refused
                            ? entry(now, "not_told", told, channel, what + ": " + refused.reason())
                            : entry(now, "told", told, channel, what);
            history.add(entry);
            unsaved = true;
            save();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Somebody looks after an incident.
     *
     * @param which its id, the beginning of it, or its rule
     * @throws NoSuchElementException where there is none such
     */
    Incident acknowledge(String which, String by, Instant now) {
        lock.lock();
        try {
            for (Watched each : watched.values()) {
                OpenIncident incident = each.incident();
                if (incident != null
                        && (each.rule().name().equals(which) || incident.id().startsWith(which))) {
                    OpenIncident acknowledged = incident.acknowledged(by);
                    each.incident(acknowledged);
                    note(now, "acknowledged", each.rule().name(), incident.id(), "by " + by);
                    save();
                    return acknowledged.shown(each.rule(), each.firing(), null);
                }
            }
            throw new NoSuchElementException("no incident is open that is called " + which);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Silences alerts from now on.
     *
     * @throws NoSuchElementException where there is no such rule
     */
    Silence silence(Silence wanted) {
        lock.lock();
        try {
            if (!wanted.rule().equals(Silence.ALL) && !watched.containsKey(wanted.rule())) {
                throw new NoSuchElementException("there is no rule '%s'".formatted(wanted.rule()));
            }
            Silence silence = wanted.called(id());
            silences.add(silence);
            String text =
                    "by %s until %s%s"
                            .formatted(
                                    silence.by(),
                                    silence.until(),
                                    silence.why().isEmpty() ? "" : ": " + silence.why());
            note(silence.from(), "silenced", silence.rule(), null, text);
            save();
            return silence;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a silence early.
     *
     * @throws NoSuchElementException where there is none such
     */
    void unsilence(String id, String by, Instant now) {
        lock.lock();
        try {
            Silence silence =
                    silences.stream()
                            .filter(each -> each.id().startsWith(id))
                            .findFirst()
                            .orElseThrow(
                                    () -> new NoSuchElementException("there is no silence " + id));
            silences.remove(silence);
            note(now, "unsilenced", silence.rule(), null, "by " + by);
            save();
        } finally {
            lock.unlock();
        }
    }

    /** Watches these rules from now on; what is known of those that stay is kept. */
    void watch(List<Rule> rules, Instant now) {
        lock.lock();
        try {
            SortedMap<String, Watched> before = new TreeMap<>(watched);
            watched.clear();
            for (Rule rule : rules) {
                @Nullable Watched same = before.remove(rule.name());
                watched.put(rule.name(), same == null ? Watched.anew(rule) : same.by(rule));
            }
            before.forEach((name, gone) -> abandon(name, gone.incident(), now));
            unsaved = true;
            save();
        } finally {
            lock.unlock();
        }
    }

    /** How each rule is, by name. */
    List<Standing> standings(Instant now) {
        lock.lock();
        try {
            return watched.values().stream().map(each -> each.standing(silences, now)).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Those that are not over. */
    List<Silence> silences() {
        lock.lock();
        try {
            return List.copyOf(silences);
        } finally {
            lock.unlock();
        }
    }

    /** How much a channel is yet to be told. */
    int waiting(String channel) {
        lock.lock();
        try {
            return outbox.size(channel);
        } finally {
            lock.unlock();
        }
    }

    private void changed(Watched of, RuleWatch.Change change, Instant at) {
        unsaved |= change.any();
        @Nullable OpenIncident incident = of.incident();
        if (incident == null && !change.fired().isEmpty()) {
            incident = OpenIncident.opened(id(), at);
            note(at, "opened", of.rule().name(), incident.id(), AlertWords.summary(of.rule()));
        }
        if (incident == null) {
            return;
        }
        String id = incident.id();
        change.fired().forEach(cell -> note(at, "fired", of.rule().name(), id, cell.sentence()));
        incident = incident.with(change.ended().stream().map(cell -> cell.alert(at)).toList());
        of.incident(incident);
        if (of.firing().isEmpty()) {
            note(
                    at,
                    "ended",
                    of.rule().name(),
                    id,
                    "after " + AlertWords.between(incident.openedAt(), at));
            Incident over = incident.shown(of.rule(), List.of(), at);
            Teller.ended(incident).ifPresent(telling -> post(telling, over, at));
            of.incident(null);
        }
    }

    /** The rule of an incident is gone, and with it whoever could say that it is over. */
    private void abandon(String rule, @Nullable OpenIncident incident, Instant now) {
        note(now, "rule_removed", rule, incident == null ? null : incident.id(), "");
        if (incident != null) {
            Incident over =
                    new Incident(
                            incident.id(),
                            rule,
                            Severity.INFO,
                            "the rule is gone",
                            incident.openedAt(),
                            now,
                            incident.ended(),
                            incident.acknowledgedBy());
            Teller.ended(incident).ifPresent(telling -> post(telling, over, now));
        }
    }

    private void post(Teller.Telling telling, Incident incident, Instant now) {
        String kind = telling.kind().word();
        Notification notification =
                new Notification(
                        "%s-%s-%d".formatted(incident.id(), kind, now.toEpochMilli()),
                        telling.kind(),
                        now,
                        incident,
                        link == null ? null : link + "#" + incident.anchor());
        telling.channels().forEach(channel -> outbox.add(channel, notification));
        unsaved = true;
    }

    private void note(
            Instant at, String event, String rule, @Nullable String incident, String text) {
        history.add(new HistoryEntry(at, event, rule, incident, null, text));
        unsaved = true;
    }

    private static HistoryEntry entry(
            Instant at, String event, Notification of, String channel, String text) {
        return new HistoryEntry(at, event, of.incident().rule(), of.incident().id(), channel, text);
    }

    private String id() {
        byte[] id = new byte[6];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** Where the disk takes nothing, people are told all the same, and perhaps twice. */
    private void save() {
        if (!unsaved) {
            return;
        }
        try {
            file.write(
                    new AlertsState(
                            watched.values().stream().map(Watched::state).toList(),
                            silences,
                            outbox.all()));
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the state of alerts cannot be written, and is forgotten at a restart: {0}",
                    e.getMessage());
        }
        unsaved = false;
        posted.signalAll();
    }
}
