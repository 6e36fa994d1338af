package io.weir.limit;

import java.time.Instant;

/**
 * What a call has cost that has ended, or what it was found to cost later.
 *
 * @param sequence of its record in the journal; -1 where it could not be written there
 * @param at when it was received, by which it belongs to a period
 * @param nanoUsd what it cost; {@link Asked#UNKNOWN} where it has no price
 * @param later whether it was counted without a price before
 */
public record Spending(long sequence, Caller caller, Instant at, long nanoUsd, boolean later) {
    /** What it has cost when it ended. */
    public Spending(long sequence, Caller caller, Instant at, long nanoUsd) {
        this(sequence, caller, at, nanoUsd, false);
    }

    /** What it adds to what a rule has counted. */
    long counted(BudgetRule rule) {
        if (nanoUsd == Asked.UNKNOWN) {
            return rule.assumed();
        }
        return later ? nanoUsd - rule.assumed() : nanoUsd;
    }
}
