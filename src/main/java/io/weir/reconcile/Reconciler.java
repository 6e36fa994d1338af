package io.weir.reconcile;

import io.weir.http.PostedFile;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import java.time.LocalDate;
import java.util.List;

/** Lays bills that somebody hands over beside the ledger. */
public final class Reconciler {
    private final CallStore store;

    /** Asks that store. */
    public Reconciler(CallStore store) {
        this.store = store;
    }

    /**
     * Those days of the files and of the ledger.
     *
     * @param days one after the other
     * @param filter further conditions of the ledger's side
     * @throws IllegalArgumentException with a sentence where the files are no bill
     */
    public Reconciliation of(
            List<LocalDate> days,
            CallFilter filter,
            Projects projects,
            Tolerance tolerance,
            List<PostedFile> files)
            throws StoreUnavailable {
        LocalDate since = days.getFirst();
        LocalDate until = days.getLast().plusDays(1);
        Bill bill = new Bill(since, until, projects);
        try {
            for (PostedFile file : files) {
                new BillFile(bill).read(file.name(), file.content());
            }
            Books books = Books.read(Books.json(store, since, until, filter), projects);
            return Reconciliation.of(bill, books, tolerance);
        } catch (BillProblem e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
