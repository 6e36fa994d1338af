package io.weir.meter;

/**
 * How much of a call's content is kept.
 *
 * @param level how much
 * @param maxBytes of the request and of the answer, each
 */
public record Capture(Level level, int maxBytes) {
    /** How much. */
    public enum Level {
        /**
         * No content, and nothing that a person could be known by: no end user, no user agent, no
         * error sentence.
         */
        NONE,
        /** No content. */
        METADATA,
        /** Request and answer. */
        FULL
    }

    /** Whether content is kept. */
    public boolean keepsContent() {
        return level == Level.FULL;
    }
}
