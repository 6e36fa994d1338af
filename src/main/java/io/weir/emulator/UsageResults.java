package io.weir.emulator;

import io.weir.prices.Part;
import io.weir.wire.Usage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes results of the API of usages and costs, with every member that the reference shows. */
final class UsageResults {
    /** What each line of a bill is for, by the words behind its model. */
    static final Map<String, List<Part>> PARTS_BY_LINE = lines();

    private UsageResults() {}

    private static Map<String, List<Part>> lines() {
        Map<String, List<Part>> lines = new LinkedHashMap<>();
        lines.put("input", List.of(Part.INPUT));
        lines.put("cached input", List.of(Part.CACHE_READ));
        lines.put("cache write", List.of(Part.CACHE_WRITE));
        lines.put("audio, input", List.of(Part.INPUT_AUDIO));
        lines.put("image, input", List.of(Part.INPUT_IMAGE));
        lines.put("output", List.of(Part.OUTPUT, Part.REASONING));
        lines.put("audio, output", List.of(Part.OUTPUT_AUDIO));
        lines.put("image, output", List.of(Part.OUTPUT_IMAGE));
        return lines;
    }

    /**
     * A line's name, as bills have it: {@code gpt-4o-mini-2024-07-18, cached input}, {@code
     * priority | gpt-5, output}, {@code gpt-5.4, input, long context}.
     */
    static String line(Used used, String priceId, String words) {
        boolean special = used.tier().equals("flex") || used.tier().equals("priority");
        boolean modal = words.startsWith("audio") || words.startsWith("image");
        return (special ? used.tier() + " | " : "")
                + used.model()
                + (modal ? " " : ", ")
                + words
                + (priceId.indexOf('>') < 0 ? "" : ", long context");
    }

    /** A result of completions. */
    static void completions(JsonGenerator out, Billed billed) {
        Usage usage = billed.usage();
        out.writeStartObject();
        out.writeStringProperty("object", "organization.usage.completions.result");
        out.writeNumberProperty("input_tokens", usage.inputTotal());
        out.writeNumberProperty("input_cached_tokens", usage.cacheRead());
        out.writeNumberProperty("input_cache_write_tokens", usage.cacheWrite());
        out.writeNumberProperty(
                "input_uncached_tokens", usage.input() + usage.inputAudio() + usage.inputImage());
        out.writeNumberProperty("output_tokens", usage.outputTotal());
        out.writeNumberProperty("input_text_tokens", usage.input());
        out.writeNumberProperty("output_text_tokens", usage.output() + usage.reasoning());
        out.writeNumberProperty("input_cached_text_tokens", usage.cacheRead());
        out.writeNumberProperty("input_audio_tokens", usage.inputAudio());
        out.writeNumberProperty("input_cached_audio_tokens", 0);
        out.writeNumberProperty("output_audio_tokens", usage.outputAudio());
        out.writeNumberProperty("input_image_tokens", usage.inputImage());
        out.writeNumberProperty("input_cached_image_tokens", 0);
        out.writeNumberProperty("output_image_tokens", usage.outputImage());
        grouped(out, billed);
    }

    /** A result of embeddings. */
    static void embeddings(JsonGenerator out, Billed billed) {
        out.writeStartObject();
        out.writeStringProperty("object", "organization.usage.embeddings.result");
        out.writeNumberProperty("input_tokens", billed.usage().inputTotal());
        grouped(out, billed);
    }

    /** A result of costs, at that amount. */
    static void costs(JsonGenerator out, Billed billed, BigDecimal usd) {
        Map<String, @Nullable String> by = billed.by();
        out.writeStartObject();
        out.writeStringProperty("object", "organization.costs.result");
        out.writeObjectPropertyStart("amount");
        out.writeName("value");
        out.writeNumber(usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString());
        out.writeStringProperty("currency", "usd");
        out.writeEndObject();
        boolean line = by.get("line_item") != null;
        text(out, "line_item", by.get("line_item"));
        text(out, "project_id", by.get("project_id"));
        text(out, "api_key_id", by.get("api_key_id"));
        out.writeName("quantity");
        if (line) {
            out.writeNumber(billed.tokens());
        } else {
            out.writeNull();
        }
        text(out, "quantity_unit", line ? "tokens" : null);
        out.writeEndObject();
    }

    private static void grouped(JsonGenerator out, Billed billed) {
        out.writeNumberProperty("num_model_requests", billed.requests());
        billed.by()
                .forEach((name, value) -> {
                    if (name.equals("batch") && value != null) {
                        out.writeBooleanProperty(name, Boolean.parseBoolean(value));
                    } else {
                        text(out, name, value);
                    }
                });
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        out.writeName(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeString(value);
        }
    }
}
