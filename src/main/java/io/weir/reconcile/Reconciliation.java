package io.weir.reconcile;

import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.wire.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A bill beside the ledger: a line for each day, model and project, and the sum. */
public final class Reconciliation {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("day", Unit.TEXT),
                    new Column("model", Unit.TEXT),
                    new Column("project", Unit.TEXT),
                    new Column("billed_requests", Unit.CALLS),
                    new Column("ledger_calls", Unit.CALLS),
                    new Column("billed_tokens", Unit.TOKENS),
                    new Column("ledger_tokens", Unit.TOKENS),
                    new Column("billed_nano_usd", Unit.NANO_USD),
                    new Column("ledger_nano_usd", Unit.NANO_USD),
                    new Column("difference_nano_usd", Unit.NANO_USD),
                    new Column("likely_cause", Unit.TEXT),
                    new Column("evidence", Unit.SENTENCE));

    private final Bill bill;
    private final Tolerance tolerance;
    private final List<Pair> pairs;

    private Reconciliation(Bill bill, Tolerance tolerance, List<Pair> pairs) {
        this.bill = bill;
        this.tolerance = tolerance;
        this.pairs = pairs;
    }

    /**
     * Lays them side by side.
     *
     * @throws BillProblem where the bill says nothing of costs
     */
    public static Reconciliation of(Bill bill, Books books, Tolerance tolerance)
            throws BillProblem {
        if (!bill.costsKnown()) {
            throw new BillProblem(
                    "The bill says how much was used, and not what it costs: give the export of costs too.");
        }
        Set<Slot> slots = new TreeSet<>(bill.slots().keySet());
        slots.addAll(books.slots().keySet());
        List<Pair> pairs = new ArrayList<>();
        for (Slot slot : slots) {
            pairs.add(
                    new Pair(
                            slot,
                            billed(bill, slot),
                            booked(books, slot),
                            bill.usageKnown(),
                            difference(bill, books, slot.plusDays(-1)),
                            difference(bill, books, slot.plusDays(1)),
                            tolerance));
        }
        return new Reconciliation(bill, tolerance, List.copyOf(pairs));
    }

    /** Whether every line agrees, and the sum of all. */
    public boolean agrees() {
        return pairs.stream().allMatch(Pair::agrees)
                && tolerance.allows(billedNanoUsd(), bookedNanoUsd());
    }

    /** Every line. */
    public Table all() {
        return table(pairs);
    }

    /** The lines that do not agree. */
    public Table differing() {
        return table(pairs.stream().filter(pair -> !pair.agrees()).toList());
    }

    private Table table(List<Pair> shown) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        shown.forEach(pair -> rows.add(row(pair)));
        return new Table(COLUMNS, rows, notes());
    }

    private List<@Nullable Object> row(Pair pair) {
        Cause cause = Cause.of(pair);
        String evidence = cause.evidence(pair);
        boolean used = bill.usageKnown();
        return Arrays.asList(
                pair.slot().day().toString(),
                pair.slot().model(),
                pair.slot().project(),
                used ? pair.billed().requests() : null,
                pair.booked().calls(),
                used ? pair.billed().tokens() : null,
                pair.booked().tokens(),
                pair.billed().nanoUsd(),
                pair.booked().nanoUsd(),
                pair.difference(),
                cause.words(),
                evidence.isEmpty() ? null : evidence);
    }

    private List<String> notes() {
        long agreeing = pairs.stream().filter(Pair::agrees).count();
        long billed = billedNanoUsd();
        long booked = bookedNanoUsd();
        return List.of(
                "From %s to %s, without the last: billed %s, in the ledger %s, difference %s."
                        .formatted(
                                bill.since(),
                                bill.until(),
                                Money.text(billed),
                                Money.text(booked),
                                Money.text(Math.subtractExact(billed, booked))),
                "%d of %d lines agree within %s.".formatted(agreeing, pairs.size(), tolerance));
    }

    private long billedNanoUsd() {
        return pairs.stream().mapToLong(pair -> pair.billed().nanoUsd()).sum();
    }

    private long bookedNanoUsd() {
        return pairs.stream().mapToLong(pair -> pair.booked().nanoUsd()).sum();
    }

    private static long difference(Bill bill, Books books, Slot slot) {
        return Math.subtractExact(billed(bill, slot).nanoUsd(), booked(books, slot).nanoUsd());
    }

    private static Billed billed(Bill bill, Slot slot) {
        return valueOf(bill.slots(), slot, Billed.NOTHING);
    }

    private static Booked booked(Books books, Slot slot) {
        return valueOf(books.slots(), slot, Booked.NOTHING);
    }

    private static <T> T valueOf(Map<Slot, T> slots, Slot slot, T otherwise) {
        T found = slots.get(slot);
        return found == null ? otherwise : found;
    }
}
