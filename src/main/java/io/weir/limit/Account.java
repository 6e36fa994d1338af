package io.weir.limit;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** What a budget counts for one slot: the money of the period that goes on. */
final class Account extends Counter {
    private volatile Window window;

    /** The money of one period: spent, and reserved by calls under way. */
    static final class Window {
        private final Period.Span span;
        private final AtomicLong taken = new AtomicLong();
        private final AtomicLong reserved = new AtomicLong();

        Window(Period.Span span) {
            this.span = span;
        }

        Period.Span span() {
            return span;
        }

        /** Reserves, if it is there. */
        boolean reserve(long nanoUsd, long allowed) {
            while (true) {
                long before = taken.get();
                if (before + nanoUsd > allowed) {
                    return false;
                }
                if (taken.compareAndSet(before, before + nanoUsd)) {
                    reserved.addAndGet(nanoUsd);
                    return true;
                }
            }
        }

        void release(long nanoUsd) {
            reserved.addAndGet(-nanoUsd);
            taken.addAndGet(-nanoUsd);
        }

        void spend(long nanoUsd) {
            taken.addAndGet(nanoUsd);
        }

        long taken() {
            return taken.get();
        }

        long reserved() {
            return reserved.get();
        }
    }

    Account(Period.Span span) {
        this.window = new Window(span);
    }

    Window window() {
        return window;
    }

    /** The window of that time; of the period that goes on where the time is before it. */
    Window window(Instant at, BudgetRule rule) {
        Window current = window;
        return at.isBefore(current.span.until()) ? current : next(at, rule);
    }

    /** Once a period. */
    private synchronized Window next(Instant at, BudgetRule rule) {
        if (!at.isBefore(window.span.until())) {
            window = new Window(rule.period().at(at, rule.zone()));
        }
        return window;
    }

    @Override
    boolean isSpent(Moment now) {
        Window current = window;
        return !now.time().isBefore(current.span.until()) || current.taken.get() == 0;
    }
}
