package io.weir.alert;

import io.weir.alert.Notification.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notifications to tell channels of. */
final class Notifications {
    static final Instant OPENED = Instant.parse("2026-11-26T12:00:00Z");
    static final Instant AT = Instant.parse("2026-11-26T12:14:10Z");

    private Notifications() {}

    /** The one of a number, which its rule and its ids have in them. */
    static Notification of(int number) {
        return of(number, Kind.OPENED, "gpt-4o");
    }

    /** One with a user's words in it. */
    static Notification named(String model) {
        return of(1, Kind.OPENED, model);
    }

    static Notification of(Kind kind) {
        return of(1, kind, "gpt-4o");
    }

    static Notification acknowledged(Kind kind) {
        return of(1, kind, List.of(alert("gpt-4o", null)), null, "ada");
    }

    static Notification of(int number, Kind kind, String model) {
        Instant end = kind == Kind.RESOLVED ? OPENED.plusSeconds(850) : null;
        List<Alert> alerts = new ArrayList<>(List.of(alert(model, end)));
        if (kind == Kind.GROWN) {
            alerts.add(alert("o4-mini", null));
            alerts.add(alert("gpt-4.1", OPENED.plusSeconds(120)));
        }
        return of(number, kind, alerts, end, null);
    }

    /** One with so many alerts. */
    static Notification ofAlerts(int count, String model) {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            alerts.add(alert(model + i, null));
        }
        return of(1, Kind.OPENED, alerts, null, null);
    }

    private static Notification of(
            int number,
            Kind kind,
            List<Alert> alerts,
            @Nullable Instant end,
            @Nullable String acknowledgedBy) {
        return new Notification(
                "note-" + number,
                kind,
                AT,
                new Incident(
                        "inc-" + number,
                        "rule-" + number,
                        Severity.CRITICAL,
                        "More than 5 % of calls fail",
                        OPENED,
                        end,
                        alerts,
                        acknowledgedBy),
                "https://weir.example.com/alerts/inc-" + number + "?a=1&b=2");
    }

    private static Alert alert(String model, @Nullable Instant until) {
        return new Alert(
                new TreeMap<>(Map.of("model", model)),
                "12.3 %% of calls failed (model %s)".formatted(model),
                12.3,
                OPENED,
                until);
    }
}
