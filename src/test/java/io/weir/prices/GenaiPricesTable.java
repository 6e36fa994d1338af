package io.weir.prices;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** genai-prices: families of models with rules for their names, US dollars a million tokens. */
record GenaiPricesTable(JsonNode root) implements PriceTable {
    private static final Map<String, Part> PARTS =
            Map.of(
                    "input_mtok", Part.INPUT,
                    "output_mtok", Part.OUTPUT,
                    "cache_read_mtok", Part.CACHE_READ,
                    "cache_write_mtok", Part.CACHE_WRITE,
                    "input_audio_mtok", Part.INPUT_AUDIO,
                    "output_audio_mtok", Part.OUTPUT_AUDIO);
    private static final Pattern OTHER_SPELLING = Pattern.compile("gpt-\\d-\\d.*");

    @Override
    public Origin origin() {
        return new Origin(
                "genai-prices",
                LocalDate.of(2026, 8, 21),
                "pydantic/genai-prices",
                "47df840a5ab10bbcffb8e5ac01b9899032245d1b",
                "MIT");
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        for (JsonNode model : models()) {
            addNames(model.get("match"), names);
        }
        return names;
    }

    @Override
    public List<Listing> listings(String name) {
        for (JsonNode model : models()) {
            if (matches(model.get("match"), name)) {
                TreeSet<String> exact = new TreeSet<>();
                addNames(model.get("match"), exact);
                return listings(model.get("prices"), exact.contains(name));
            }
        }
        return List.of();
    }

    /** The models of OpenAI itself; what was taken from a reseller's list is left out. */
    private List<JsonNode> models() {
        List<JsonNode> models = new ArrayList<>();
        for (JsonNode provider : root) {
            if (provider.path("id").asString("").equals("openai")) {
                for (JsonNode model : provider.get("models")) {
                    if (!model.path("price_comments").asString("").contains("OpenRouter")) {
                        models.add(model);
                    }
                }
            }
        }
        return models;
    }

    private static List<Listing> listings(JsonNode prices, boolean byName) {
        if (!prices.isArray()) {
            return List.of(listing(prices, byName, null));
        }
        List<Listing> listings = new ArrayList<>();
        for (JsonNode dated : prices) {
            String from = dated.path("constraint").path("start_date").asString("");
            if (from.isEmpty() && dated.has("constraint")) {
                throw new IllegalArgumentException("a constraint other than a date: " + dated);
            }
            listings.add(
                    listing(
                            dated.get("prices"),
                            byName,
                            from.isEmpty() ? null : LocalDate.parse(from)));
        }
        return listings;
    }

    private static Listing listing(JsonNode prices, boolean byName, @Nullable LocalDate from) {
        TreeMap<Slot, Long> picoUsd = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : prices.properties()) {
            Part part = PARTS.get(field.getKey());
            if (part != null) {
                put(picoUsd, part, field.getValue());
            }
        }
        String billedBy = prices.isEmpty() ? PriceEntry.NOTHING : PriceEntry.TOKENS;
        return new Listing(byName, billedBy, from, null, picoUsd);
    }

    private static void put(TreeMap<Slot, Long> picoUsd, Part part, JsonNode price) {
        JsonNode base = price.isObject() ? price.get("base") : price;
        PriceTable.put(picoUsd, new Slot(Tier.STANDARD, false, part), PriceTable.picoUsd(base, 6));
        for (JsonNode tier : price.path("tiers")) {
            if (tier.get("start").asLong() != LONG_CONTEXT_ABOVE) {
                throw new IllegalArgumentException("another long-context threshold: " + tier);
            }
            PriceTable.put(
                    picoUsd,
                    new Slot(Tier.STANDARD, true, part),
                    PriceTable.picoUsd(tier.get("price"), 6));
        }
    }

    private static boolean matches(JsonNode rule, String name) {
        Map.Entry<String, JsonNode> only = rule.properties().iterator().next();
        JsonNode value = only.getValue();
        return switch (only.getKey()) {
            case "equals" -> name.equals(value.asString());
            case "starts_with" -> name.startsWith(value.asString());
            case "contains" -> name.contains(value.asString());
            case "regex" -> Pattern.compile(value.asString()).matcher(name).find();
            case "or" -> value.valueStream().anyMatch(each -> matches(each, name));
            default -> throw new IllegalArgumentException("an unknown rule: " + rule);
        };
    }

    private static void addNames(JsonNode rule, SortedSet<String> names) {
        Map.Entry<String, JsonNode> only = rule.properties().iterator().next();
        if (only.getKey().equals("or")) {
            only.getValue().forEach(each -> addNames(each, names));
        }
        if (only.getKey().equals("equals")) {
            String name = only.getValue().asString();
            boolean reseller = name.indexOf(':') >= 0 && !name.startsWith("ft:");
            if (!reseller && !OTHER_SPELLING.matcher(name).matches()) {
                names.add(name);
            }
        }
    }
}
