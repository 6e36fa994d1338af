package io.weir.cli;

import io.weir.replay.Histogram;
import io.weir.wire.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The percentiles that are reported. */
final class Percentiles {
    static final List<Double> SHOWN = List.of(50.0, 90.0, 99.0, 99.9);

    private Percentiles() {}

    /** {@code p50}, {@code p99.9}. */
    static String name(double percent) {
        return percent == Math.rint(percent)
                ? String.format(Locale.ROOT, "p%.0f", percent)
                : "p" + percent;
    }

    /** Percentiles, mean, maximum and count of nanoseconds, in microseconds; null when empty. */
    static JsonNode json(Histogram nanos) {
        if (nanos.count() == 0) {
            return Json.MAPPER.nullNode();
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("count", nanos.count());
        for (double percent : SHOWN) {
            json.put(name(percent), micros((double) nanos.percentile(percent)));
        }
        json.put("max", micros((double) nanos.max()));
        json.put("mean", micros(nanos.mean()));
        return json;
    }

    /** Nanoseconds in microseconds, to a tenth. */
    static double micros(double nanos) {
        return Math.round(nanos / 100) / 10.0;
    }
}
