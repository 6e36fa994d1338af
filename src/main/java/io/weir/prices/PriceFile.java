package io.weir.prices;

import io.weir.wire.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/**
 * Reads the price book's file. Prices in it are US dollars a million tokens, in decimals of at most
 * six digits. Unknown fields are refused: a slip of the pen must not make a price disappear.
 */
final class PriceFile {
    private static final int DECIMALS = 6;
    private static final BigDecimal MAX_USD =
            BigDecimal.valueOf(Rates.MAX_PICO_USD, DECIMALS).stripTrailingZeros();
    private static final String LONG_CONTEXT = "long_context";
    private static final Set<String> FIELDS =
            Set.of(
                    "model",
                    "aliases",
                    "from",
                    "deprecated",
                    "agreed_by",
                    "disputed_by",
                    "billed_by",
                    "long_context_above",
                    "tiers");

    private PriceFile() {}

    static List<PriceEntry> read(byte[] json) {
        JsonNode root;
        try {
            root =
                    Json.MAPPER
                            .reader()
                            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                            .readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the price book is not JSON: " + e.getMessage(), e);
        }
        JsonNode entries = root.get("entries");
        if (entries == null || !entries.isArray()) {
            throw new IllegalArgumentException("the price book has no list called entries");
        }
        List<PriceEntry> read = new ArrayList<>();
        for (JsonNode entry : entries) {
            read.add(entry(entry));
        }
        return read;
    }

    static PriceEntry entry(JsonNode node) {
        String model = text(node, "model", "");
        for (String field : node.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw wrong(model, "there is no field called " + field);
            }
        }
        return new PriceEntry(
                model,
                texts(node, "aliases", model),
                date(node, "from", model),
                date(node, "deprecated", model),
                texts(node, "agreed_by", model),
                texts(node, "disputed_by", model),
                text(node, "billed_by", PriceEntry.TOKENS),
                count(node, "long_context_above", model),
                tiers(node.get("tiers"), model));
    }

    private static Map<Tier, TierRates> tiers(@Nullable JsonNode node, String model) {
        Map<Tier, TierRates> tiers = new EnumMap<>(Tier.class);
        if (node == null) {
            return tiers;
        }
        for (Map.Entry<String, JsonNode> field : object(node, "tiers", model).properties()) {
            Tier tier = Tier.ofWord(field.getKey());
            if (tier == null) {
                throw wrong(model, "there is no tier called " + field.getKey());
            }
            JsonNode prices = object(field.getValue(), field.getKey(), model);
            JsonNode above = prices.get(LONG_CONTEXT);
            Rates longContext =
                    above == null ? null : rates(object(above, LONG_CONTEXT, model), model);
            tiers.put(tier, new TierRates(rates(prices, model), longContext));
        }
        return tiers;
    }

    private static Rates rates(JsonNode node, String model) {
        Map<Part, Long> picoUsd = new EnumMap<>(Part.class);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Part part = Part.ofWord(field.getKey());
            if (part != null) {
                picoUsd.put(part, picoUsd(field.getValue(), field.getKey(), model));
            } else if (!field.getKey().equals(LONG_CONTEXT)) {
                throw wrong(model, "there is no price called " + field.getKey());
            }
        }
        return Rates.of(picoUsd);
    }

    private static long picoUsd(JsonNode node, String field, String model) {
        if (!node.isNumber()) {
            throw wrong(model, "%s is %s, not a number".formatted(field, node));
        }
        BigDecimal usdPerMillion = node.decimalValue();
        if (usdPerMillion.signum() < 0 || usdPerMillion.compareTo(MAX_USD) > 0) {
            throw wrong(model, "%s is %s, not between 0 and %s".formatted(field, node, MAX_USD));
        }
        if (usdPerMillion.stripTrailingZeros().scale() > DECIMALS) {
            throw wrong(model, "%s is %s: at most six decimals".formatted(field, node));
        }
        return usdPerMillion.movePointRight(DECIMALS).longValueExact();
    }

    private static String text(JsonNode node, String field, String otherwise) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isString()) {
            throw new IllegalArgumentException(
                    "the %s of a price is %s, not a text".formatted(field, value));
        }
        return value.asString();
    }

    private static List<String> texts(JsonNode node, String field, String model) {
        JsonNode list = node.get(field);
        if (list == null) {
            return List.of();
        }
        if (!list.isArray()) {
            throw wrong(model, field + " is not a list");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list) {
            if (!element.isString()) {
                throw wrong(model, "%s names %s, not a text".formatted(field, element));
            }
            texts.add(element.asString());
        }
        return texts;
    }

    private static long count(JsonNode node, String field, String model) {
        JsonNode value = node.get(field);
        if (value == null) {
            return 0;
        }
        if (!value.canConvertToLong() || value.isFloatingPointNumber()) {
            throw wrong(model, "%s is %s, not a count".formatted(field, value));
        }
        return value.asLong();
    }

    private static @Nullable LocalDate date(JsonNode node, String field, String model) {
        String text = text(node, field, "");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "price of %s: %s is %s, not a date like 2026-11-22"
                            .formatted(model, field, text),
                    e);
        }
    }

    private static JsonNode object(JsonNode node, String field, String model) {
        if (!node.isObject()) {
            throw wrong(model, field + " is not an object");
        }
        return node;
    }

    private static IllegalArgumentException wrong(String model, String what) {
        return new IllegalArgumentException("price of %s: %s".formatted(model, what));
    }
}
