package io.weir.prices;

import io.weir.wire.Json;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A price entry in the price file's form. */
public final class PriceJson {
    private static final int DECIMALS = 6;

    private PriceJson() {}

    /**
     * The entry in it.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static PriceEntry entry(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("a price is an object, not " + json);
        }
        return PriceFile.entry(json);
    }

    /** The entry, with prices as numbers of exact decimals. */
    public static ObjectNode json(PriceEntry entry) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("model", entry.model());
        texts(json, "aliases", entry.aliases());
        if (entry.from() != null) {
            json.put("from", entry.from().toString());
        }
        if (entry.deprecated() != null) {
            json.put("deprecated", entry.deprecated().toString());
        }
        texts(json, "agreed_by", entry.agreedBy());
        texts(json, "disputed_by", entry.disputedBy());
        if (!entry.billedBy().equals(PriceEntry.TOKENS)) {
            json.put("billed_by", entry.billedBy());
        }
        if (entry.longContextAbove() > 0) {
            json.put("long_context_above", entry.longContextAbove());
        }
        if (!entry.tiers().isEmpty()) {
            tiers(json.putObject("tiers"), entry);
        }
        return json;
    }

    /** A price of a token in US dollars a million tokens, which is how prices are published. */
    public static BigDecimal usdPerMillion(long picoUsd) {
        BigDecimal usd = BigDecimal.valueOf(picoUsd, DECIMALS).stripTrailingZeros();
        return usd.scale() < 0 ? usd.setScale(0) : usd;
    }

    private static void tiers(ObjectNode json, PriceEntry entry) {
        for (Tier tier : Tier.values()) {
            TierRates rates = entry.tiers().get(tier);
            if (rates != null) {
                ObjectNode prices = json.putObject(tier.word());
                rates(prices, rates.rates());
                if (rates.longContext() != null) {
                    rates(prices.putObject("long_context"), rates.longContext());
                }
            }
        }
    }

    private static void rates(ObjectNode json, Rates rates) {
        for (Part part : Part.values()) {
            if (part.rate(rates) != Rates.ABSENT) {
                json.put(part.word(), usdPerMillion(part.rate(rates)));
            }
        }
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = json.putArray(name);
            texts.forEach(array::add);
        }
    }
}
