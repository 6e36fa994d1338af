package io.weir.web;

import io.weir.alert.Alert;
import io.weir.alert.Alerts;
import io.weir.alert.ChannelHealth;
import io.weir.alert.HistoryEntry;
import io.weir.alert.Incident;
import io.weir.alert.Silence;
import io.weir.alert.Standing;
import io.weir.http.Access;
import io.weir.http.Query;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What fires, what is watched, who is told; and what can be done about it. */
final class AlertsPage implements Page {
    private static final int MOST_HISTORY = 50;
    private static final Set<String> FILTERS =
            Set.of("model", "key", "project", "endpoint", "upstream", "user");

    /** How long a silence may last, by the form's words. */
    private static final Map<String, Duration> LENGTHS =
            Map.of(
                    "30m",
                    Duration.ofMinutes(30),
                    "2h",
                    Duration.ofHours(2),
                    "8h",
                    Duration.ofHours(8),
                    "1d",
                    Duration.ofDays(1),
                    "7d",
                    Duration.ofDays(7));

    private final Alerts alerts;

    /**
     * What the template shows.
     *
     * @param may whether the visitor may change anything
     * @param problem why the history cannot be read; empty where it can
     */
    record Model(
            List<Open> open,
            List<Standing> rules,
            List<Silence> silences,
            List<ChannelHealth> channels,
            List<HistoryEntry> history,
            String problem,
            boolean may,
            String csrf) {}

    /** An incident that is open. */
    record Open(Incident incident, boolean silent, List<Line> lines) {}

    /**
     * An alert of it.
     *
     * @param calls the address of its calls; empty where it is of none
     * @param why the address that asks for its causes; likewise
     */
    record Line(Alert alert, Sentence reads, String calls, String why) {}

    AlertsPage(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public String path() {
        return "/alerts";
    }

    @Override
    public String title() {
        return "Alerts";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.SYSTEM, "bell"));
    }

    @Override
    public boolean hasWindow() {
        return false;
    }

    @Override
    public Answer answer(Visit visit) {
        List<Standing> standings = alerts.standings();
        List<Open> open = new ArrayList<>();
        for (Standing standing : standings) {
            @Nullable Incident incident = standing.incident();
            if (incident != null) {
                List<Line> lines =
                        incident.alerts().stream()
                                .map(alert -> line(standing, alert, visit))
                                .toList();
                open.add(new Open(incident, standing.silent(), lines));
            }
        }
        List<HistoryEntry> history = List.of();
        String problem = "";
        try {
            history = alerts.history(Instant.EPOCH, MOST_HISTORY);
        } catch (IOException e) {
            problem = "The history cannot be read: " + e.getMessage();
        }
        return Answer.view(
                "alerts",
                new Model(
                        open,
                        standings,
                        alerts.silences(),
                        alerts.channels(),
                        history,
                        problem,
                        visit.visitor().isAdmin(),
                        visit.visitor().csrf()));
    }

    @Override
    public List<Form> forms() {
        return List.of(
                new Form("/alerts/acknowledge", Access.ADMIN_SESSION, this::acknowledge),
                new Form("/alerts/silence", Access.ADMIN_SESSION, this::silence),
                new Form("/alerts/unsilence", Access.ADMIN_SESSION, this::unsilence));
    }

    private static Line line(Standing rule, Alert alert, Visit visit) {
        Sentence reads = Sentence.of(alert.sentence());
        Map<String, String> group = new LinkedHashMap<>(alert.group());
        group.keySet().retainAll(FILTERS);
        if (group.size() < alert.group().size() && !alert.group().containsKey("anomaly")) {
            return new Line(alert, reads, "", "");
        }
        Map<String, String> filters = new LinkedHashMap<>(rule.where());
        filters.putAll(group);
        Instant until = alert.until() == null ? visit.now() : alert.until();
        Window window = new Window(alert.since().minus(Duration.ofMinutes(5)), until, "");
        ViewQuery its = new ViewQuery(window, filters, List.of(), Map.of());
        return new Line(
                alert, reads, Links.calls(its, rule.trouble()), Links.why(its, rule.trouble()));
    }

    private Answer acknowledge(Visit visit, Query fields) {
        return done(
                "acknowledged",
                () -> alerts.acknowledge(field(fields, "incident"), visit.visitor().name()));
    }

    private Answer silence(Visit visit, Query fields) {
        @Nullable Duration length = LENGTHS.get(field(fields, "for"));
        if (length == null) {
            throw new IllegalArgumentException("how long it lasts is one of the list");
        }
        return done(
                "silenced",
                () ->
                        alerts.silence(
                                field(fields, "rule"),
                                Map.of(),
                                length,
                                visit.visitor().name(),
                                field(fields, "why")));
    }

    private Answer unsilence(Visit visit, Query fields) {
        return done(
                "unsilenced", () -> alerts.unsilence(field(fields, "id"), visit.visitor().name()));
    }

    private static Answer done(String notice, Runnable deed) {
        try {
            deed.run();
            return new Answer.Redirect("/alerts?notice=" + notice);
        } catch (NoSuchElementException e) {
            return Trouble.view(404, "Not done", e.getMessage() + ". It may be over by now.");
        }
    }

    private static String field(Query fields, String name) {
        return fields.get(name).orElse("");
    }
}
