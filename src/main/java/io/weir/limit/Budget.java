package io.weir.limit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A budget with what was spent of it. What that is only the ledger knows when a budget begins, and
 * the ledger takes a while to say: what ends meanwhile is kept, and counts afterwards unless the
 * ledger has counted it already, which its sequence tells. So each call counts exactly once, and no
 * call waits.
 */
public final class Budget {
    private static final int MOST_MEANWHILE = 200_000;

    private final Slots<Account> accounts = new Slots<>(Slots.MOST);
    private final ReentrantLock opening = new ReentrantLock();
    private final List<Spending> meanwhile = new ArrayList<>();
    private boolean tooMany;
    private long through = -1;
    private Instant throughUntil = Instant.MIN;
    private volatile boolean open;
    private volatile BudgetRule rule;

    Budget(BudgetRule rule) {
        this.rule = rule;
    }

    /** Its rule as it is now. */
    public BudgetRule rule() {
        return rule;
    }

    void rule(BudgetRule changed) {
        rule = changed;
    }

    /** Whether what was spent before it began is known. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Begins anew to keep what ends meanwhile. The ledger is asked for what it knows afterwards:
     * for everything up to the sequence of the journal at this time, at least.
     *
     * @return the period to ask it for
     */
    public Period.Span begin(Instant now) {
        opening.lock();
        try {
            // What the journal does not have the ledger will never tell.
            meanwhile.removeIf(each -> each.sequence() >= 0);
            tooMany = false;
            return rule.period().at(now, rule.zone());
        } finally {
            opening.unlock();
        }
    }

    /**
     * Tells what the ledger knows.
     *
     * @param span what it was asked for
     * @param last the last sequence that is in its sums
     * @param sums what was spent, by slot
     * @return false where so much has ended meanwhile that it has to be asked again from {@link
     *     #begin} on
     */
    public boolean opened(Period.Span span, long last, Map<Slot, Sum> sums) {
        opening.lock();
        try {
            if (open || tooMany) {
                return open;
            }
            sums.forEach((slot, sum) -> {
                Account account = entered(slot, span.from());
                Account.Window window = account.window();
                if (window.span().equals(span)) {
                    window.spend(sum.counted(rule));
                }
                account.leave();
            });
            through = last;
            throughUntil = span.until();
            meanwhile.forEach(this::count);
            meanwhile.clear();
            open = true;
            return true;
        } finally {
            opening.unlock();
        }
    }

    /** Counts a call that has ended, of those it counts. */
    void spend(Spending spending) {
        if (open) {
            count(spending);
            return;
        }
        opening.lock();
        try {
            if (open) {
                count(spending);
            } else if (meanwhile.size() < MOST_MEANWHILE) {
                meanwhile.add(spending);
            } else {
                tooMany = true;
            }
        } finally {
            opening.unlock();
        }
    }

    /** Reserves for a call of those it counts; null where there is not so much. */
    @Nullable Reserved reserve(Caller caller, Instant at, Instant now, long nanoUsd) {
        Account account = entered(rule.which().slot(caller), at);
        Account.Window window = account.window(at, rule);
        boolean soft = rule.mode() == BudgetRule.Mode.SOFT;
        if (window.reserve(nanoUsd, soft ? Long.MAX_VALUE : rule.allowed(now))) {
            return new Reserved(this, account, window, nanoUsd);
        }
        account.leave();
        return null;
    }

    /**
     * What the ledger knows of the calls of a slot.
     *
     * @param nanoUsd that those with a price have cost
     * @param unpriced calls without one
     */
    public record Sum(long nanoUsd, long unpriced) {
        long counted(BudgetRule rule) {
            return nanoUsd + unpriced * rule.assumed();
        }
    }

    /** Money that a call has reserved. */
    record Reserved(Budget budget, Account account, Account.Window window, long nanoUsd) {
        /** As much more for the same call; null where there is not so much. */
        @Nullable Reserved more(long more, Instant now) {
            account.enter();
            if (window.reserve(more, budget.rule.allowed(now))) {
                return new Reserved(budget, account, window, more);
            }
            account.leave();
            return null;
        }

        void release() {
            window.release(nanoUsd);
            account.leave();
        }
    }

    /** How it stands for the slot of a caller. */
    Standing standing(Slot slot, Account account, Instant now) {
        Account.Window window = account.window(now, rule);
        long reserved = window.reserved();
        return new Standing(
                rule,
                slot,
                window.span(),
                rule.allowed(now),
                window.taken() - reserved,
                reserved,
                open);
    }

    /** How it stands, by slot; where nobody has called yet, nothing is spent. */
    public List<Standing> standings(Instant now) {
        List<Standing> standings = new ArrayList<>();
        accounts.all().forEach((slot, account) -> standings.add(standing(slot, account, now)));
        if (standings.isEmpty() && rule.which().per().isEmpty()) {
            Period.Span span = rule.period().at(now, rule.zone());
            standings.add(new Standing(rule, Slot.ALL, span, rule.allowed(now), 0, 0, open));
        }
        return standings;
    }

    /**
     * How a budget stands for one slot.
     *
     * @param allowed in the period, raises included, in nano-dollars like the others
     * @param known whether what was spent before the budget began is in {@code spent}
     */
    public record Standing(
            BudgetRule rule,
            Slot slot,
            Period.Span span,
            long allowed,
            long spent,
            long reserved,
            boolean known) {
        /** Spent and reserved of what is allowed; 1 is all of it. */
        public double used() {
            double taken = (double) spent + reserved;
            return allowed > 0 ? taken / allowed : taken > 0 ? 1 : 0;
        }
    }

    void sweep(Moment now) {
        accounts.sweep(now);
    }

    /** Counts it, unless the ledger has: a call may be told of after it was read there. */
    private void count(Spending spending) {
        if (spending.sequence() >= 0
                && spending.sequence() <= through
                && spending.at().isBefore(throughUntil)) {
            return;
        }
        Account account = entered(rule.which().slot(spending.caller()), spending.at());
        Account.Window window = account.window(spending.at(), rule);
        if (window.span().holds(spending.at())) {
            window.spend(spending.counted(rule));
        }
        account.leave();
    }

    private Account entered(Slot slot, Instant at) {
        while (true) {
            Account account =
                    accounts.get(slot, () -> new Account(rule.period().at(at, rule.zone())));
            if (account.enter()) {
                return account;
            }
        }
    }
}
