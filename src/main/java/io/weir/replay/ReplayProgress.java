package io.weir.replay;

/**
 * How far a replay is.
 *
 * @param done calls with an answer or a failure
 * @param failed those of them that failed
 */
public record ReplayProgress(long total, long done, long failed, int inFlight) {}
