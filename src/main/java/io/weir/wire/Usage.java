package io.weir.wire;

/**
 * What a call used, in tokens, cut into parts that are priced apart and never overlap: the six
 * parts of the input and output sum to the totals. OpenAI nests its details ({@code cached_tokens}
 * is part of {@code prompt_tokens}); here the parts stand side by side.
 *
 * @param input text input that was neither read from nor written to the prompt cache
 * @param cacheRead input read from the prompt cache, of any modality
 * @param cacheWrite input written to the prompt cache
 * @param inputAudio uncached audio input
 * @param inputImage uncached image input
 * @param output text output without reasoning
 * @param reasoning output the model kept to itself
 * @param outputAudio audio output
 * @param outputImage image output
 */
public record Usage(
        long input,
        long cacheRead,
        long cacheWrite,
        long inputAudio,
        long inputImage,
        long output,
        long reasoning,
        long outputAudio,
        long outputImage) {
    /** Nothing used. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Usage {
        if ((input
                        | cacheRead
                        | cacheWrite
                        | inputAudio
                        | inputImage
                        | output
                        | reasoning
                        | outputAudio
                        | outputImage)
                < 0) {
            throw new IllegalArgumentException(
                    "negative tokens: input %d, cacheRead %d, cacheWrite %d, inputAudio %d, inputImage %d, output %d, reasoning %d, outputAudio %d, outputImage %d"
                            .formatted(
                                    input,
                                    cacheRead,
                                    cacheWrite,
                                    inputAudio,
                                    inputImage,
                                    output,
                                    reasoning,
                                    outputAudio,
                                    outputImage));
        }
    }

    /** Plain text in, plain text out. */
    public static Usage ofText(long input, long output) {
        return new Usage(input, 0, 0, 0, 0, output, 0, 0, 0);
    }

    /** OpenAI's {@code prompt_tokens} or {@code input_tokens}. */
    public long inputTotal() {
        return input + cacheRead + cacheWrite + inputAudio + inputImage;
    }

    /** OpenAI's {@code completion_tokens} or {@code output_tokens}. */
    public long outputTotal() {
        return output + reasoning + outputAudio + outputImage;
    }

    /** All of it. */
    public long total() {
        return inputTotal() + outputTotal();
    }

    /** Both together, part by part. */
    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                cacheRead + other.cacheRead,
                cacheWrite + other.cacheWrite,
                inputAudio + other.inputAudio,
                inputImage + other.inputImage,
                output + other.output,
                reasoning + other.reasoning,
                outputAudio + other.outputAudio,
                outputImage + other.outputImage);
    }
}
