package io.weir.admin;

import io.weir.call.Cost;
import io.weir.prices.ModelFact;
import io.weir.prices.PriceJson;
import io.weir.pricing.LiveModels;
import io.weir.pricing.PriceCheck;
import io.weir.pricing.PriceLine;
import io.weir.pricing.UsedModels;
import io.weir.store.PriceVersion;
import io.weir.wire.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prices as the admin API shows them. */
public final class PriceAnswers {
    private PriceAnswers() {}

    /** How the catalogue of models stands. */
    public static ObjectNode models(LiveModels.Standing standing) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("source", standing.place());
        json.put("models", standing.catalogue().facts().size());
        return json.put("problem", standing.problem());
    }

    static ObjectNode line(PriceLine line) {
        ObjectNode json = PriceJson.json(line.entry());
        json.put("origin", line.origin()).put("in_force", line.inForce());
        if (line.fact() != null) {
            end(json, line.fact());
        }
        return json;
    }

    static ObjectNode check(PriceCheck check, LiveModels.Standing models) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("to_do", check.toDo());
        ArrayNode unpriced = json.putArray("unpriced");
        for (PriceCheck.Unpriced each : check.unpriced()) {
            unpriced.add(
                    use(each.use()).put("reason", each.reason()).put("has_price", each.priced()));
        }
        ArrayNode ending = json.putArray("ending");
        for (PriceCheck.Ending each : check.ending()) {
            ObjectNode one = use(each.use());
            end(one, each.fact());
            ending.add(one.put("over", each.over()));
        }
        ArrayNode disputed = json.putArray("disputed");
        for (PriceCheck.Disputed each : check.disputed()) {
            ObjectNode one = use(each.use());
            each.entry().agreedBy().forEach(one.putArray("agreed_by")::add);
            each.entry().disputedBy().forEach(one.putArray("disputed_by")::add);
            disputed.add(one);
        }
        json.set("catalogue", models(models));
        return json;
    }

    static void versions(ObjectNode call, List<PriceVersion> versions) {
        if (versions.isEmpty()) {
            return;
        }
        ArrayNode each = call.putArray("price_versions");
        for (PriceVersion version : versions) {
            ObjectNode one = each.addObject();
            one.put("version", version.number()).put("cost_state", version.cost().state());
            one.put("cost_nano_usd", version.cost().nanoUsdOrNull());
            switch (version.cost()) {
                case Cost.Priced priced -> one.put("price_id", priced.priceId());
                case Cost.Unpriced unpriced -> one.put("unpriced_reason", unpriced.reason());
                case Cost.Free free -> {}
            }
            one.put("at", version.at().toString()).put("by", version.by());
        }
    }

    private static ObjectNode use(UsedModels.Use use) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("model", use.model()).put("calls", use.calls());
        return json.put("tokens", use.tokens()).put("last_call", use.lastCall().toString());
    }

    private static void end(ObjectNode json, ModelFact fact) {
        json.put("announced", fact.announced() == null ? null : fact.announced().toString());
        json.put("shutdown", fact.shutdown() == null ? null : fact.shutdown().toString());
        json.put("replacement", fact.replacement()).put("source", fact.source());
    }
}
