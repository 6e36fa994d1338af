package io.weir.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification in words, of plain text: users' words are in it, each line is one, and whoever
 * shows it escapes it as the place demands.
 *
 * @param title says all in a line: {@code CRITICAL errors: 12.3 % of calls failed (model gpt-4o)}
 * @param lines what there is to add; never empty, each up to a few hundred characters
 */
record NotificationText(String title, List<String> lines) {
    /** Alerts that are named one by one; more are counted. */
    static final int ALERTS = 10;

    private static final int NAME = 60;
    private static final int SENTENCE = 240;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    NotificationText {
        lines = List.copyOf(lines);
    }

    static NotificationText of(Notification notification) {
        Incident incident = notification.incident();
        List<String> lines = new ArrayList<>();
        lines.add(Defused.line(incident.summary(), SENTENCE));
        lines.add("Open " + span(incident.openedAt(), incident.endedAt()));
        lines.addAll(alerts(incident));
        if (incident.acknowledgedBy() != null) {
            lines.add("Acknowledged by " + Defused.line(incident.acknowledgedBy(), NAME));
        }
        lines.removeIf(String::isEmpty);
        return new NotificationText(title(notification), lines);
    }

    /** The title and the lines below it. */
    String text() {
        return title + "\n" + String.join("\n", lines);
    }

    /** A line for each alert, those that fire first. */
    static List<String> alerts(Incident incident) {
        List<String> lines = new ArrayList<>();
        incident.alerts().stream().limit(ALERTS).map(NotificationText::line).forEach(lines::add);
        if (incident.alerts().size() > ALERTS) {
            lines.add("and %d more".formatted(incident.alerts().size() - ALERTS));
        }
        return lines;
    }

    /** How long something takes, in its two largest units: {@code 2 h 5 min}. */
    static String words(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 24
                ? two(hours, "h", minutes % 60, "min")
                : two(hours / 24, "d", hours % 24, "h");
    }

    private static String two(long large, String its, long small, String unit) {
        return large + " " + its + (small == 0 ? "" : " " + small + " " + unit);
    }

    private static String title(Notification notification) {
        Incident incident = notification.incident();
        String rule = Defused.line(incident.rule(), NAME);
        String named = incident.severity() + " " + rule;
        String lasting = words(Duration.between(incident.openedAt(), notification.at()));
        return switch (notification.kind()) {
            case OPENED -> named + ": " + matter(incident);
            case GROWN ->
                    "%s grows, %d now: %s"
                            .formatted(named, incident.firing().size(), matter(incident));
            case REMINDER -> "%s for %s: %s".formatted(named, lasting, matter(incident));
            case ESCALATED ->
                    "%s, looked after by nobody for %s: %s"
                            .formatted(named, lasting, matter(incident));
            case RESOLVED -> resolved(notification, rule);
            case TEST -> "TEST %s: nothing has happened".formatted(rule);
        };
    }

    private static String resolved(Notification notification, String rule) {
        Incident incident = notification.incident();
        Instant end = incident.endedAt() == null ? notification.at() : incident.endedAt();
        return "RESOLVED %s after %s"
                .formatted(rule, words(Duration.between(incident.openedAt(), end)));
    }

    /** What is the matter: the worst alert, and how many there are beside it. */
    private static String matter(Incident incident) {
        List<Alert> firing = incident.firing();
        String worst = firing.isEmpty() ? incident.summary() : firing.getFirst().sentence();
        return Defused.line(worst, SENTENCE)
                + (firing.size() > 1 ? ", and %d more".formatted(firing.size() - 1) : "");
    }

    private static String line(Alert alert) {
        return "- %s (%s)"
                .formatted(
                        Defused.line(alert.sentence(), SENTENCE),
                        span(alert.since(), alert.until()));
    }

    private static String span(Instant since, @Nullable Instant until) {
        return until == null
                ? "since " + MINUTE.format(since)
                : "from %s until %s".formatted(MINUTE.format(since), MINUTE.format(until));
    }
}
