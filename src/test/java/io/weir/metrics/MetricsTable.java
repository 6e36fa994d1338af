package io.weir.metrics;

import io.weir.call.CallRecords;
import io.weir.call.Cost;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every metric that is served, with its type and its explanation, for the guide. */
public final class MetricsTable {
    private static final Pattern EXPLAINED =
            Pattern.compile("# HELP (\\S+) (.*)\n# TYPE \\S+ (\\S+)");

    private MetricsTable() {}

    /** What is served once there were calls of every kind. */
    static MetricsReading reading() {
        MetricsReading reading = new MetricsReading(MetricsConfig.DEFAULTS);
        Instant noon = Instant.parse("2026-11-22T12:00:00Z");
        reading.calls().count(CallRecords.at(noon, 1).stream(40).build());
        reading.calls().count(CallRecords.at(noon, 2).cost(new Cost.Unpriced("new")).build());
        return reading;
    }

    /** The table. */
    public static String markdown() {
        return "| metric | type | what it tells |\n|---|---|---|\n"
                + EXPLAINED
                        .matcher(reading().text())
                        .results()
                        .map(each ->
                                "| `%s` | %s | %s |"
                                        .formatted(
                                                each.group(1),
                                                each.group(3),
                                                each.group(2).replace("|", "\\|")))
                        .collect(Collectors.joining("\n"));
    }
}
