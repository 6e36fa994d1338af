package io.weir.emulator;

/** A peculiarity in what a model says. */
enum Quirk {
    /** Nothing peculiar. */
    NONE,
    /** Thinks before it speaks: reasoning tokens in the usage. */
    REASONING,
    /** Has most of the prompt in its cache. */
    CACHED,
    /** Says no, in the {@code refusal} field. */
    REFUSAL,
    /** Is silenced by a content filter after a few words. */
    FILTERED,
    /** Never tells its usage. */
    NO_USAGE,
    /** Speaks in characters of two, three and four bytes. */
    UNICODE,
    /** Writes until the token limit, however high. */
    LONG
}
