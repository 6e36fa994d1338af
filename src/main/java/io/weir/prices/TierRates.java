package io.weir.prices;

import org.jspecify.annotations.Nullable;

/**
 * The prices of one model in one tier.
 *
 * @param rates up to the model's long-context threshold
 * @param longContext above it, for the whole call; null where the tier has no such prices
 */
public record TierRates(Rates rates, @Nullable Rates longContext) {}
