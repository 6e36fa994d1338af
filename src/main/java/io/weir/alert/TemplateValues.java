package io.weir.alert;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the names in templates stand for.
 *
 * @param exact whether words are given as they are, rather than without what chats make links,
 *     mentions and formatting of
 */
record TemplateValues(Notification notification, boolean exact) {
    private static final int CHARACTERS = 300;

    /** What Weir made itself: it holds nobody's words. */
    private static final SortedMap<String, Function<Notification, @Nullable String>> OWN =
            new TreeMap<>(
                    Map.of(
                            "id", Notification::id,
                            "kind", it -> it.kind().word(),
                            "at", it -> it.at().toString(),
                            "link", Notification::link,
                            "incident.id", it -> it.incident().id(),
                            "severity", it -> it.incident().severity().word(),
                            "opened_at", it -> it.incident().openedAt().toString(),
                            "ended_at", it -> time(it.incident().endedAt())));

    private static final SortedMap<String, Function<Notification, @Nullable String>> WORDS =
            new TreeMap<>(
                    Map.of(
                            "rule", it -> line(it.incident().rule()),
                            "summary", it -> line(it.incident().summary()),
                            "title", it -> NotificationText.of(it).title(),
                            "text", it -> NotificationText.of(it).text(),
                            "alerts",
                                    it -> String.join("\n", NotificationText.alerts(it.incident())),
                            "acknowledged_by", it -> line(it.incident().acknowledgedBy())));

    /** The names there are. */
    static Set<String> names() {
        SortedMap<String, Object> all = new TreeMap<>(OWN);
        all.putAll(WORDS);
        return all.keySet();
    }

    /** The value of a name that there is; empty where a notification has none. */
    String of(String name) {
        Function<Notification, @Nullable String> own = OWN.get(name);
        if (own != null) {
            return orEmpty(own.apply(notification));
        }
        Function<Notification, @Nullable String> words = WORDS.get(name);
        String said = words == null ? "" : orEmpty(words.apply(notification));
        return exact ? said : Defused.of(said);
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String line(@Nullable String text) {
        return text == null ? null : Defused.line(text, CHARACTERS);
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
