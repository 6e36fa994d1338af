package io.weir.web;

import io.weir.access.Control;
import io.weir.access.KeyDesk;
import io.weir.access.StoredKeys;
import io.weir.alert.Alerts;
import io.weir.config.Settings;
import io.weir.meter.TokenCount;
import io.weir.pricing.PriceDesk;
import io.weir.pricing.Repricing;
import io.weir.report.AnomalyWatch;
import io.weir.report.LiveCalls;
import io.weir.rules.CacheDesk;
import io.weir.rules.RuleDesk;
import io.weir.store.CallStore;
import io.weir.upstream.UpstreamKeys;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What pages may ask.
 *
 * @param store every call that has ended
 * @param anomalies what was out of the usual, found already
 * @param alerts what is watched, and who is told
 * @param status how the gateway is, as the admin API says it
 * @param settings the configuration in force, secrets masked
 * @param live calls as they end
 * @param prices what models cost, and where that is looked after
 * @param repricing prices calls of before
 * @param tokens how long texts are
 * @param own the gateway itself, to make calls with
 * @param keys makes and changes what applications call with
 * @param rules makes and changes limits and budgets
 * @param stored the provider's keys that are kept here
 * @param upstreamKeys how the provider's keys stand
 * @param cache the cache of answers
 * @param control who changed what
 */
public record Sources(
        CallStore store,
        AnomalyWatch anomalies,
        Alerts alerts,
        Supplier<ObjectNode> status,
        List<Settings.InForce> settings,
        LiveCalls live,
        PriceDesk prices,
        Repricing repricing,
        TokenCount tokens,
        OwnCalls own,
        KeyDesk keys,
        RuleDesk rules,
        StoredKeys stored,
        UpstreamKeys upstreamKeys,
        CacheDesk cache,
        Control control) {
    public Sources {
        settings = List.copyOf(settings);
    }

    /** Whether the content of calls is kept. */
    boolean captures() {
        return settings.stream()
                .anyMatch(
                        each -> each.key().equals("capture.level") && each.value().equals("full"));
    }
}
