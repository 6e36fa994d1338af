package io.weir.store;

import io.weir.call.Cost;
import java.time.Instant;

/**
 * What a call has cost, as it was found once.
 *
 * @param number 1 for that of the call's end
 * @param at when it was found
 * @param by who asked for it; {@code weir} for the first
 */
public record PriceVersion(int number, Cost cost, Instant at, String by) {}
