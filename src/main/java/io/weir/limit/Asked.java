package io.weir.limit;

import java.time.Instant;
import java.util.UUID;

/**
 * What a call asks for before it is made.
 *
 * @param call its id
 * @param at when it was received
 * @param tokens it will use, as far as can be told
 * @param nanoUsd it will cost, as far as can be told; {@link #UNKNOWN} where it has no price,
 *     {@link #UNMETERED} where Weir will never see what it cost
 * @param degraded whether it asks for a cheaper model already
 */
public record Asked(
        UUID call, Caller caller, Instant at, long tokens, long nanoUsd, boolean degraded) {
    /** The cost of a call without a price. */
    public static final long UNKNOWN = -1;

    /** The cost of a call whose answer does not say what it used, nor for which model. */
    public static final long UNMETERED = -2;

    boolean unmetered() {
        return nanoUsd == UNMETERED;
    }
}
