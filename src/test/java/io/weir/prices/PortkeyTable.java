package io.weir.prices;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Portkey's table: US cents a token. It states standard and batch prices twice; where the two
 * differ its {@code execution_modes} count, which are the newer form.
 */
record PortkeyTable(JsonNode root) implements PriceTable {
    private static final Map<String, Part> PARTS =
            Map.ofEntries(
                    Map.entry("request_token", Part.INPUT),
                    Map.entry("request_text_token", Part.INPUT),
                    Map.entry("response_token", Part.OUTPUT),
                    Map.entry("response_text_token", Part.OUTPUT),
                    Map.entry("cache_read_input_token", Part.CACHE_READ),
                    Map.entry("cache_read_text_input_token", Part.CACHE_READ),
                    Map.entry("cache_write_input_token", Part.CACHE_WRITE),
                    Map.entry("request_audio_token", Part.INPUT_AUDIO),
                    Map.entry("response_audio_token", Part.OUTPUT_AUDIO),
                    Map.entry("request_image_token", Part.INPUT_IMAGE),
                    Map.entry("response_image_token", Part.OUTPUT_IMAGE));
    private static final Map<String, Boolean> CONTEXTS = Map.of("lte-272k", false, "gt-272k", true);

    @Override
    public Origin origin() {
        return new Origin(
                "portkey",
                LocalDate.of(2026, 8, 21),
                "Portkey-AI/models",
                "f654307ec968cc9c8a54f2139fb79ede59c3d688",
                "MIT");
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(root.propertyNames());
        names.remove("default");
        return names;
    }

    @Override
    public List<Listing> listings(String model) {
        JsonNode node = root.get(model);
        if (node == null) {
            return List.of();
        }
        TreeMap<Slot, Long> prices = new TreeMap<>();
        JsonNode config = node.path("pricing_config");
        add(prices, Tier.STANDARD, false, config.path("pay_as_you_go"));
        add(prices, Tier.BATCH, false, config.path("batch_config"));
        JsonNode modes =
                node.path("custom_pricing").path("regions").path("default").path("execution_modes");
        for (Map.Entry<String, JsonNode> mode : modes.properties()) {
            addMode(prices, mode.getKey(), mode.getValue());
        }
        return List.of(new Listing(true, PriceEntry.TOKENS, null, null, prices));
    }

    private static void addMode(TreeMap<Slot, Long> prices, String name, JsonNode mode) {
        Tier tier = Tier.ofWord(name);
        if (tier == null) {
            throw new IllegalArgumentException("an unknown execution mode: " + name);
        }
        add(prices, tier, false, mode.path("pricing_config").path("pay_as_you_go"));
        for (Map.Entry<String, JsonNode> context : mode.path("context_tiers").properties()) {
            Boolean isLong = CONTEXTS.get(context.getKey());
            if (isLong == null) {
                throw new IllegalArgumentException("another context tier: " + context.getKey());
            }
            add(
                    prices,
                    tier,
                    isLong,
                    context.getValue().path("pricing_config").path("pay_as_you_go"));
        }
    }

    private static void add(TreeMap<Slot, Long> prices, Tier tier, boolean isLong, JsonNode units) {
        for (Map.Entry<String, JsonNode> unit : units.properties()) {
            Part part = PARTS.get(unit.getKey());
            if (part != null) {
                PriceTable.put(
                        prices,
                        new Slot(tier, isLong, part),
                        PriceTable.picoUsd(unit.getValue().get("price"), 10));
            }
        }
    }
}
