package io.weir.prices;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * litellm's table: a map from model name, US dollars a token, the dimension in the field's name.
 */
record LitellmTable(JsonNode root) implements PriceTable {
    private static final Set<String> PROVIDERS = Set.of("openai", "text-completion-openai");
    private static final Map<String, Part> PARTS =
            Map.of(
                    "input_cost_per_token", Part.INPUT,
                    "output_cost_per_token", Part.OUTPUT,
                    "cache_read_input_token_cost", Part.CACHE_READ,
                    "cache_creation_input_token_cost", Part.CACHE_WRITE,
                    "input_cost_per_audio_token", Part.INPUT_AUDIO,
                    "output_cost_per_audio_token", Part.OUTPUT_AUDIO,
                    "input_cost_per_image_token", Part.INPUT_IMAGE,
                    "output_cost_per_image_token", Part.OUTPUT_IMAGE,
                    "output_cost_per_reasoning_token", Part.REASONING);
    private static final Pattern FIELD =
            Pattern.compile(
                    "(.*?_cost(?:_per_(?:audio_|image_|reasoning_)?token)?)"
                            + "(?:_above_(\\d+)k_tokens)?(_batches|_flex|_priority)?");

    @Override
    public Origin origin() {
        return new Origin(
                "litellm",
                LocalDate.of(2026, 8, 6),
                "BerriAI/litellm, as copied in Prajwalsrinvas/token-tariff",
                "dc2baf9d80f97138860483855433ff2936886b20",
                "MIT");
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (isOpenAi(field.getKey(), field.getValue())) {
                names.add(field.getKey());
            }
        }
        return names;
    }

    /** Whether it is a model of OpenAI; names with a slash are sizes of images, or repetitions. */
    static boolean isOpenAi(String name, JsonNode model) {
        return PROVIDERS.contains(model.path("litellm_provider").asString(""))
                && name.indexOf('/') < 0;
    }

    @Override
    public List<Listing> listings(String model) {
        JsonNode node = root.get(model);
        if (node == null) {
            return List.of();
        }
        TreeMap<Slot, Long> prices = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Slot slot = slot(field.getKey());
            if (slot != null) {
                PriceTable.put(prices, slot, PriceTable.picoUsd(field.getValue(), 12));
            }
        }
        if (node.path("mode").asString("").equals("audio_speech")) {
            // Such a model puts out nothing but audio.
            prices.remove(new Slot(Tier.STANDARD, false, Part.OUTPUT));
        }
        String deprecated = node.path("deprecation_date").asString("");
        return List.of(
                new Listing(
                        true,
                        billedBy(node, prices),
                        null,
                        deprecated.isEmpty() ? null : LocalDate.parse(deprecated),
                        prices));
    }

    private static String billedBy(JsonNode node, Map<Slot, Long> prices) {
        if (node.path("mode").asString("").equals("moderation")) {
            return PriceEntry.NOTHING;
        }
        if (!prices.isEmpty()) {
            return PriceEntry.TOKENS;
        }
        for (String unit : List.of("second", "character", "image", "pixel")) {
            for (String field : node.propertyNames()) {
                if (field.endsWith("_per_" + unit)) {
                    return unit.equals("pixel") ? "image" : unit;
                }
            }
        }
        return PriceEntry.TOKENS;
    }

    private static @Nullable Slot slot(String field) {
        Matcher matcher = FIELD.matcher(field);
        Part part = matcher.matches() ? PARTS.get(matcher.group(1)) : null;
        if (part == null) {
            return null;
        }
        String thousands = matcher.group(2);
        if (thousands != null && Long.parseLong(thousands) * 1_000 != LONG_CONTEXT_ABOVE) {
            throw new IllegalArgumentException("another long-context threshold: " + field);
        }
        Tier tier =
                switch (matcher.group(3)) {
                    case "_batches" -> Tier.BATCH;
                    case "_flex" -> Tier.FLEX;
                    case "_priority" -> Tier.PRIORITY;
                    case null, default -> Tier.STANDARD;
                };
        return new Slot(tier, thousands != null, part);
    }
}
