package io.weir.emulator;

import io.weir.wire.Usage;
import tools.jackson.core.JsonGenerator;

/** Writes usage as the API's two dialects do. */
final class UsageJson {
    private UsageJson() {}

    /** The {@code usage} object of chat completions. */
    static void chat(JsonGenerator out, Usage usage) {
        out.writeStartObject();
        out.writeNumberProperty("prompt_tokens", usage.inputTotal());
        out.writeNumberProperty("completion_tokens", usage.outputTotal());
        out.writeNumberProperty("total_tokens", usage.total());
        out.writeObjectPropertyStart("prompt_tokens_details");
        out.writeNumberProperty("cached_tokens", usage.cacheRead());
        out.writeNumberProperty("audio_tokens", usage.inputAudio());
        out.writeEndObject();
        out.writeObjectPropertyStart("completion_tokens_details");
        out.writeNumberProperty("reasoning_tokens", usage.reasoning());
        out.writeNumberProperty("audio_tokens", usage.outputAudio());
        out.writeNumberProperty("accepted_prediction_tokens", 0);
        out.writeNumberProperty("rejected_prediction_tokens", 0);
        out.writeEndObject();
        out.writeEndObject();
    }

    /** The {@code usage} object of completions. */
    static void plain(JsonGenerator out, Usage usage) {
        out.writeStartObject();
        out.writeNumberProperty("prompt_tokens", usage.inputTotal());
        out.writeNumberProperty("completion_tokens", usage.outputTotal());
        out.writeNumberProperty("total_tokens", usage.total());
        out.writeEndObject();
    }

    /** The {@code usage} object of the Responses API. */
    static void responses(JsonGenerator out, Usage usage) {
        out.writeStartObject();
        out.writeNumberProperty("input_tokens", usage.inputTotal());
        out.writeObjectPropertyStart("input_tokens_details");
        out.writeNumberProperty("cached_tokens", usage.cacheRead());
        out.writeNumberProperty("cache_write_tokens", usage.cacheWrite());
        out.writeEndObject();
        out.writeNumberProperty("output_tokens", usage.outputTotal());
        out.writeObjectPropertyStart("output_tokens_details");
        out.writeNumberProperty("reasoning_tokens", usage.reasoning());
        out.writeEndObject();
        out.writeNumberProperty("total_tokens", usage.total());
        out.writeEndObject();
    }
}
