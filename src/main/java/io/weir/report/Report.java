package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;

/** A question about calls. Stateless; a new one is a file here and a line in {@link Reports}. */
public interface Report {
    /** The word people ask for it with. */
    String name();

    /** What it tells, in a sentence. */
    String summary();

    /** Whether it sets its calls against others, as {@link ReportQuery#contrast} says. */
    default boolean contrasts() {
        return false;
    }

    /** Whether it looks where {@link ReportQuery#focus} says. */
    default boolean focuses() {
        return false;
    }

    /** The answer. */
    Table run(ReportQuery query, CallStore store) throws StoreUnavailable;
}
