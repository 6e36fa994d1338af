package io.weir.limit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a call under way has reserved. Given back exactly once, whatever becomes of the call: by
 * whoever takes it from the leases that are open.
 */
final class Lease {
    private final UUID call;
    private final long deadlineNanos;
    private final List<Limit.Claim.Held> held = new ArrayList<>(4);
    private final List<Budget.Reserved> reserved = new ArrayList<>(4);
    private final long tokens;
    private volatile List<Budget.Reserved> extensions = List.of();
    private boolean settled;

    Lease(UUID call, long deadlineNanos, long tokens) {
        this.call = call;
        this.deadlineNanos = deadlineNanos;
        this.tokens = tokens;
    }

    UUID call() {
        return call;
    }

    boolean isLate(long now) {
        return deadlineNanos - now < 0;
    }

    void add(Limit.Claim.Held claim) {
        held.add(claim);
    }

    void add(Budget.Reserved money) {
        reserved.add(money);
    }

    /** Whether a budget wants to be asked before the call uses more than it has reserved. */
    boolean maybeStopped() {
        return reserved.stream().anyMatch(each -> each.budget().rule().stopStreams());
    }

    /**
     * Reserves so much more in the budgets that want to be asked; the name of one that has less.
     */
    synchronized @Nullable String extend(long nanoUsd, Instant now) {
        List<Budget.Reserved> more = new ArrayList<>(2);
        for (Budget.Reserved each : settled ? List.<Budget.Reserved>of() : reserved) {
            if (each.budget().rule().stopStreams()) {
                Budget.@Nullable Reserved next = each.more(nanoUsd, now);
                if (next == null) {
                    more.forEach(Budget.Reserved::release);
                    return each.budget().rule().name();
                }
                more.add(next);
            }
        }
        more.addAll(extensions);
        extensions = List.copyOf(more);
        return null;
    }

    /** Gives everything back, as if nothing had been asked for. */
    void undo(long now) {
        held.reversed().forEach(claim -> claim.giveBack(now));
        reserved.forEach(Budget.Reserved::release);
    }

    /** Corrects what was reserved to what was used; money is counted by the record of the call. */
    synchronized void settle(long now, long usedTokens) {
        settled = true;
        held.forEach(claim -> claim.settle(now, usedTokens));
        reserved.forEach(Budget.Reserved::release);
        extensions.forEach(Budget.Reserved::release);
    }

    /** Tokens that were reserved. */
    long tokens() {
        return tokens;
    }

    /** All that was reserved, in all budgets, in nano-dollars. */
    long nanoUsd() {
        return Stream.concat(reserved.stream(), extensions.stream())
                .mapToLong(Budget.Reserved::nanoUsd)
                .sum();
    }

    /** The rest of a quota's figures, after this call. */
    Quota quota(long now) {
        Quota quota = Quota.NONE;
        for (Limit.Claim.Held each : held) {
            quota = quota.and(each.meters().left(now, false), each.meters().left(now, true));
        }
        return quota;
    }
}
