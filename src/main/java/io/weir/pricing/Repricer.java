package io.weir.pricing;

import io.weir.access.Actor;
import io.weir.access.Control;
import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.call.Repriced;
import io.weir.ledger.RecordLog;
import io.weir.prices.Billable;
import io.weir.prices.PriceBook;
import io.weir.prices.Prices;
import io.weir.store.CallFilter;
import io.weir.store.CallPage;
import io.weir.store.CallStore;
import io.weir.store.PageRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what calls cost that had no price when they ended, from what their records say of their
 * usage, by the book in force and the prices of their day. What was found is in the journal first,
 * as a further version of the call's cost; what has a price is left as it is. One run at a time.
 */
public final class Repricer implements Repricing {
    private final CallStore store;
    private final RecordLog log;
    private final Prices prices;
    private final Control control;
    private final InstantSource clock;
    private final Progress progress;
    private final Follower follower;
    private final ReentrantLock running = new ReentrantLock();

    /** Says when the store has what the journal has. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Waits until the store has everything up to that entry of the journal.
         *
         * @throws IOException where it takes too long
         */
        void await(long sequence) throws IOException, InterruptedException;
    }

    /** Hears of what was found, once it is in the journal. */
    @FunctionalInterface
    public interface Follower {
        /**
         * A call costs what nobody knew before.
         *
         * @param sequence of that in the journal
         * @param call with what it costs
         */
        void priced(long sequence, CallRecord call);
    }

    /**
     * Which calls are meant.
     *
     * @param model asked for or answering; null for all
     */
    public record Range(@Nullable Instant since, @Nullable Instant until, @Nullable String model) {
        /** Every call. */
        public static final Range ALL = new Range(null, null, null);

        CallFilter unpriced() {
            CallFilter filter = CallFilter.ALL.with("cost_state", "unpriced").minTokens(1);
            filter = since == null ? filter : filter.since(since);
            filter = until == null ? filter : filter.until(until);
            return model == null ? filter : filter.model(model);
        }
    }

    /** Writes to that log what it finds in that store, and tells the follower. */
    public Repricer(
            CallStore store,
            RecordLog log,
            Prices prices,
            Control control,
            InstantSource clock,
            Progress progress,
            Follower follower) {
        this.store = store;
        this.log = log;
        this.prices = prices;
        this.control = control;
        this.clock = clock;
        this.progress = progress;
        this.follower = follower;
    }

    /** What {@link #reprice} would find. */
    public Findings rehearse(Range range) throws IOException, InterruptedException {
        return run(range, (call, cost) -> {});
    }

    @Override
    public Findings reprice(Actor by, Range range) throws IOException, InterruptedException {
        Findings findings =
                run(
                        range,
                        (call, cost) -> {
                            long sequence =
                                    log.priced(
                                            new Repriced(
                                                    call.id(),
                                                    call.receivedAt(),
                                                    Repriced.FIRST_VERSION + 1,
                                                    cost,
                                                    clock.instant(),
                                                    by.name()));
                            follower.priced(sequence, call.withCost(cost));
                        });
        progress.await(log.health().lastSequence());
        if (findings.calls() > 0) {
            control.note(by, "reprice", PriceDesk.AUDITED, "calls", null, findings.json());
        }
        return findings;
    }

    private Findings run(Range range, Found found) throws IOException, InterruptedException {
        running.lockInterruptibly();
        try {
            progress.await(log.health().lastSequence());
            PriceBook book = prices.get();
            Findings findings = new Findings();
            @Nullable String after = null;
            do {
                CallPage page =
                        store.calls(
                                range.unpriced(), new PageRequest(PageRequest.MAX_LIMIT, after));
                for (CallRecord call : page.calls()) {
                    price(call, book, findings, found);
                }
                after = page.next();
            } while (after != null);
            return findings;
        } finally {
            running.unlock();
        }
    }

    private static void price(CallRecord call, PriceBook book, Findings findings, Found found)
            throws IOException {
        Cost cost = book.price(Billable.of(call));
        if (cost instanceof Cost.Unpriced unpriced) {
            findings.left(unpriced.reason());
            return;
        }
        found.cost(call, cost);
        findings.priced(call, cost);
    }

    private interface Found {
        void cost(CallRecord call, Cost cost) throws IOException;
    }
}
