package io.weir.limit;

import java.time.Instant;

/**
 * One time by both clocks.
 *
 * @param nanos of the monotonic clock
 * @param time of the wall clock
 */
record Moment(long nanos, Instant time) {}
