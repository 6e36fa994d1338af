package io.weir.store;

/** What the values of a column are. */
public enum Unit {
    /** A string. */
    TEXT,
    /** A string to be read in full: people are shown it beneath its row, never cut. */
    SENTENCE,
    /** True or false. */
    FLAG,
    /** An instant. */
    TIME,
    /** A whole number of calls. */
    CALLS,
    /** A whole number of tokens. */
    TOKENS,
    /** A whole number without a unit, a status for instance. */
    NUMBER,
    /** Milliseconds, with a fraction. */
    MS,
    /** Microseconds. */
    US,
    /** A part of one, 0.25 for a quarter. */
    SHARE,
    /** So many times as much. */
    RATIO,
    /** So many in a second. */
    PER_SECOND,
    /** Whole billionths of a US dollar. */
    NANO_USD,
    /** The amount of a column of nano-dollars again, as a decimal string: exact in any reader. */
    USD;

    /** The word for it in JSON, lower case. */
    public String word() {
        return switch (this) {
            case TEXT -> "text";
            case SENTENCE -> "sentence";
            case FLAG -> "flag";
            case TIME -> "time";
            case CALLS -> "calls";
            case TOKENS -> "tokens";
            case NUMBER -> "number";
            case MS -> "ms";
            case US -> "us";
            case SHARE -> "share";
            case RATIO -> "ratio";
            case PER_SECOND -> "per_second";
            case NANO_USD -> "nano_usd";
            case USD -> "usd";
        };
    }
}
