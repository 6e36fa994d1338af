package io.weir.prices;

import org.jspecify.annotations.Nullable;

/** A way of being served that has prices of its own. */
public enum Tier {
    /** What a call gets that asks for nothing special; {@code scale} is billed at it too. */
    STANDARD,
    /** The Batch API. */
    BATCH,
    /** {@code service_tier: flex}: cheaper and slower. */
    FLEX,
    /** {@code service_tier: priority}: dearer and faster. */
    PRIORITY;

    /** The stored word, lower case. */
    public String word() {
        return switch (this) {
            case STANDARD -> "standard";
            case BATCH -> "batch";
            case FLEX -> "flex";
            case PRIORITY -> "priority";
        };
    }

    /**
     * The tier a call is billed at; null where the word is unknown.
     *
     * @param serviceTier OpenAI's {@code service_tier}, of the answer where it has one
     * @param batch whether the call is part of a batch, which has no other tier
     */
    static @Nullable Tier of(@Nullable String serviceTier, boolean batch) {
        if (batch) {
            return BATCH;
        }
        return switch (serviceTier) {
            case null -> STANDARD;
            case "", "auto", "default", "standard", "scale" -> STANDARD;
            case "flex" -> FLEX;
            case "priority" -> PRIORITY;
            case "batch" -> BATCH;
            default -> null;
        };
    }

    /** The tier with that {@link #word()}; null where there is none. */
    static @Nullable Tier ofWord(String word) {
        for (Tier tier : values()) {
            if (tier.word().equals(word)) {
                return tier;
            }
        }
        return null;
    }
}
