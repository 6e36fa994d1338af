package io.weir.alert;

import io.weir.wire.Json;
import java.util.List;
import java.util.TreeMap;

/** Rules and readings as tests write them. */
final class Rules {
    static final List<String> CHANNELS = List.of("mail", "pager");

    private Rules() {}

    /** A rule in JSON with single quotes, without its braces; its name is {@code r}. */
    static Rule rule(String keys) {
        return new RuleReader(CHANNELS, null)
                .read(
                        Json.MAPPER.readTree(
                                "{'name': 'r', %s}".formatted(keys).replace('\'', '"')),
                        Rule.Origin.CONFIGURED);
    }

    /** Of all calls together. */
    static Reading reading(double value, long calls) {
        return new Reading(new TreeMap<>(), value, calls);
    }

    /** Of a model's calls. */
    static Reading reading(String model, double value, long calls) {
        TreeMap<String, String> group = new TreeMap<>();
        group.put("model", model);
        return new Reading(group, value, calls);
    }
}
