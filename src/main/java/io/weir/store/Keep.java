package io.weir.store;

import java.time.Instant;

/**
 * What retention leaves in the store.
 *
 * @param contentSince captured content of calls received then or later
 * @param callsSince calls received then or later
 * @param rollupsSince sums of calls received then or later
 */
public record Keep(Instant contentSince, Instant callsSince, Instant rollupsSince) {}
