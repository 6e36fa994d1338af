package io.weir.wire;

import io.weir.wire.Endpoint.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * One {@code usage} object in any of the API's forms: chat's {@code prompt_tokens} with its
 * details, the Responses API's {@code input_tokens}, images', transcriptions'. OpenAI counts the
 * details inside the totals; where a provider's details do not fit into its totals they are cut,
 * for the totals are what is billed. Mutable; belongs to its {@link AnswerReader}.
 */
final class UsageReader {
    /** More tokens than this in one call is no count but rubbish. */
    private static final long MAX_TOKENS = 1_000_000_000_000L;

    private static final String[] MEMBERS = {
        "prompt_tokens",
        "input_tokens",
        "completion_tokens",
        "output_tokens",
        "total_tokens",
        "prompt_tokens_details",
        "input_tokens_details",
        "input_token_details",
        "completion_tokens_details",
        "output_tokens_details",
        "cached_tokens",
        "prompt_cache_hit_tokens",
        "cache_write_tokens",
        "cache_creation_tokens",
        "audio_tokens",
        "image_tokens",
        "reasoning_tokens"
    };

    private long input = -1;
    private long output = -1;
    private long total = -1;
    private long cacheRead;
    private long cacheWrite;
    private long inputAudio;
    private long inputImage;
    private long reasoning;
    private long outputAudio;
    private long outputImage;
    private boolean imagesIn;
    private boolean outputDetails;

    /** The names that a cursor must know for this reader. */
    static String[] members() {
        return MEMBERS.clone();
    }

    /** Reads the object the cursor stands at. */
    static UsageReader read(JsonCursor in) {
        UsageReader usage = new UsageReader();
        in.enterObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "prompt_tokens", "input_tokens" ->
                        usage.input = Math.max(usage.input, tokens(in));
                case "completion_tokens", "output_tokens" ->
                        usage.output = Math.max(usage.output, tokens(in));
                case "total_tokens" -> usage.total = tokens(in);
                // Moonshot's and DeepSeek's places for the cached part.
                case "cached_tokens", "prompt_cache_hit_tokens" ->
                        usage.cacheRead = Math.max(usage.cacheRead, tokens(in));
                case "prompt_tokens_details", "input_tokens_details", "input_token_details" ->
                        usage.readInput(in, name.equals("input_tokens_details"));
                case "completion_tokens_details", "output_tokens_details" -> usage.readOutput(in);
                default -> in.skip();
            }
        }
        return usage;
    }

    /**
     * The parts; null where there is no total to cut them from.
     *
     * @param eventType an event's {@code type}, empty for a whole answer
     */
    @Nullable Usage usage(Dialect dialect, String eventType) {
        if (input < 0 && output < 0 && !(dialect == Dialect.EMBEDDINGS && total >= 0)) {
            return null;
        }
        long in = input >= 0 ? input : Math.max(0, total - Math.max(0, output));
        long out = output >= 0 ? output : Math.max(0, total - in);
        // xAI counts reasoning beside completion_tokens; its total_tokens holds both.
        if (reasoning > 0 && total == in + out + reasoning) {
            out += reasoning;
        }
        if (dialect == Dialect.GENERIC && !outputDetails) {
            // Images and speech without details: all that comes out is of their kind.
            outputImage = imagesIn ? out : 0;
            outputAudio = eventType.equals("speech.audio.done") ? out : 0;
        }
        return cut(in, out);
    }

    private Usage cut(long in, long out) {
        long read = Math.min(cacheRead, in);
        long write = Math.min(cacheWrite, in - read);
        long audioIn = Math.min(inputAudio, in - read - write);
        long imageIn = Math.min(inputImage, in - read - write - audioIn);
        long thought = Math.min(reasoning, out);
        long audioOut = Math.min(outputAudio, out - thought);
        long imageOut = Math.min(outputImage, out - thought - audioOut);
        return new Usage(
                in - read - write - audioIn - imageIn,
                read,
                write,
                audioIn,
                imageIn,
                out - thought - audioOut - imageOut,
                thought,
                audioOut,
                imageOut);
    }

    private void readInput(JsonCursor in, boolean plural) {
        if (!in.enterObject()) {
            return;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "cached_tokens" -> cacheRead = Math.max(cacheRead, tokens(in));
                case "cache_write_tokens", "cache_creation_tokens" ->
                        cacheWrite = Math.max(cacheWrite, tokens(in));
                case "audio_tokens" -> inputAudio = Math.max(0, tokens(in));
                case "image_tokens" -> {
                    inputImage = Math.max(0, tokens(in));
                    imagesIn = plural;
                }
                default -> in.skip();
            }
        }
    }

    private void readOutput(JsonCursor in) {
        if (!in.enterObject()) {
            return;
        }
        outputDetails = true;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "reasoning_tokens" -> reasoning = Math.max(0, tokens(in));
                case "audio_tokens" -> outputAudio = Math.max(0, tokens(in));
                case "image_tokens" -> outputImage = Math.max(0, tokens(in));
                default -> in.skip();
            }
        }
    }

    private static long tokens(JsonCursor in) {
        long count = in.count();
        return count > MAX_TOKENS ? -1 : count;
    }
}
