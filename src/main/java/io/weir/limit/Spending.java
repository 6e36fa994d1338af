package io.weir.limit;

import java.time.Instant;

/**
 * What a call has cost that has ended.
 *
 * @param sequence of its record in the journal; -1 where it could not be written there
 * @param at when it was received, by which it belongs to a period
 * @param nanoUsd what it cost; {@link Asked#UNKNOWN} where it has no price
 */
public record Spending(long sequence, Caller caller, Instant at, long nanoUsd) {
    long counted(BudgetRule rule) {
        return nanoUsd == Asked.UNKNOWN ? rule.assumed() : nanoUsd;
    }
}
