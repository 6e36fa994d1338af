package io.weir.export;

/**
 * How much a destination takes at once.
 *
 * @param events in a batch
 * @param bytes of a batch's events together, as they are sent
 * @param eventBytes of one event; a larger one is never sent
 */
record Limits(int events, int bytes, int eventBytes) {}
