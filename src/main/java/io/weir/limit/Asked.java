package io.weir.limit;

import java.time.Instant;
import java.util.UUID;

/**
 * What a call asks for before it is made.
 *
 * @param call its id
 * @param at when it was received
 * @param tokens it will use, as far as can be told
 * @param nanoUsd it will cost, as far as can be told; {@link #UNKNOWN} where it has no price
 * @param degraded whether it asks for a cheaper model already
 */
public record Asked(
        UUID call, Caller caller, Instant at, long tokens, long nanoUsd, boolean degraded) {
    /** The cost of a call without a price. */
    public static final long UNKNOWN = -1;
}
