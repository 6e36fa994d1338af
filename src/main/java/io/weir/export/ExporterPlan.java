package io.weir.export;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.outbound.DestinationKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An exporter as it is configured. */
public final class ExporterPlan {
    private final ExporterSettings settings;
    private final Fields fields;
    private final Opening opening;

    ExporterPlan(ExporterSettings settings, Fields fields, Opening opening) {
        this.settings = settings;
        this.fields = fields;
        this.opening = opening;
    }

    /**
     * Reads an item of the configuration's {@code exporters}.
     *
     * @param data the data directory
     * @throws ConfigException saying which key is wrong and what would do
     */
    public static ExporterPlan read(JsonNode item, Map<String, String> environment, Path data) {
        Settings keys = Settings.named(item, "exporters", 40);
        String name = item.path("name").asString();
        String origin = "exporters." + name;
        String kind = keys.text("kind", "", "what it sends to");
        ExporterSettings settings = settings(keys, name, kind);
        Fields fields = fields(keys, origin);
        Opening opening =
                Kinds.of(kind, origin).read(new DestinationKeys(origin, keys, environment, data));
        keys.refuseUnknown();
        return new ExporterPlan(settings, fields, opening);
    }

    /** What it is called. */
    public String name() {
        return settings.name();
    }

    ExporterSettings settings() {
        return settings;
    }

    Fields fields() {
        return fields;
    }

    Opening opening() {
        return opening;
    }

    private static ExporterSettings settings(Settings keys, String name, String kind) {
        Kinds.Batches usual = Kinds.batches(kind);
        return new ExporterSettings(
                name,
                kind,
                keys.number("batch.events", usual.events(), 1, 10_000, "events in a batch"),
                (int) keys.bytes("batch.bytes", usual.bytes(), "of a batch"),
                keys.duration("batch.age", usual.age(), "how long an event waits for others"),
                keys.duration("retry.first", "1s", "the pause after a failure, then doubled"),
                keys.duration("retry.most", "5m", "the longest pause"),
                keys.bytes(
                        "disk_budget",
                        "10GiB",
                        "of the journal, kept for it; beyond, the oldest calls go"));
    }

    static Fields fields(Settings keys, String origin) {
        List<String> chosen =
                keys.texts("fields", "of a call's record; all but content where none is named");
        Map<String, String> renamed = keys.textsByName("rename", "what a field is sent as");
        boolean content = keys.flag("content", false, "whether captured text may be sent");
        for (String name : chosen) {
            requireKnown(origin, "fields", name);
        }
        for (String name : renamed.keySet()) {
            requireKnown(origin, "rename", name);
        }
        return new Fields(chosen, renamed, content);
    }

    private static void requireKnown(String origin, String key, String name) {
        if (!Fields.KNOWN.contains(name)) {
            throw new ConfigException(
                    "%s: %s: there is no field '%s'; there are %s."
                            .formatted(origin, key, name, String.join(", ", Fields.KNOWN)));
        }
    }
}
