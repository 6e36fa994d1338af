package io.weir.wire;

/**
 * What one event of a streamed answer is.
 *
 * @param content it brings output: text, reasoning, a refusal, a tool call, audio, an image
 * @param terminal no output comes after it: {@code [DONE]}, the Responses API's last event, an
 *     error
 * @param usageOnly it is the chunk that {@code include_usage} adds: no choices, but usage
 * @param error it brings an error
 * @param cutStart where in {@link SseFrame#buffer()} its {@code "usage":null} begins, comma
 *     included
 * @param cutEnd behind that; not after {@code cutStart} where there is none
 */
public record EventFacts(
        boolean content,
        boolean terminal,
        boolean usageOnly,
        boolean error,
        int cutStart,
        int cutEnd) {
    /** An event that brings nothing: a comment. */
    public static final EventFacts NOTHING = new EventFacts(false, false, false, false, 0, 0);

    /** {@code [DONE]}. */
    public static final EventFacts DONE = new EventFacts(false, true, false, false, 0, 0);

    /**
     * Whether the event has a {@code "usage":null} that it would not have if usage had not been
     * asked for. Without the bytes from {@code cutStart} to before {@code cutEnd} it is what it
     * would have been.
     */
    public boolean hasCut() {
        return cutEnd > cutStart;
    }
}
