package io.weir.web;

import io.weir.config.Settings;
import io.weir.report.AnomalyWatch;
import io.weir.store.CallStore;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What pages may ask.
 *
 * @param store every call that has ended
 * @param anomalies what was out of the usual, found already
 * @param status how the gateway is, as the admin API says it
 * @param settings the configuration in force, secrets masked
 */
public record Sources(
        CallStore store,
        AnomalyWatch anomalies,
        Supplier<ObjectNode> status,
        List<Settings.InForce> settings) {
    public Sources {
        settings = List.copyOf(settings);
    }
}
