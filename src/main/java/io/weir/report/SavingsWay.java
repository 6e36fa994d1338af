package io.weir.report;

import io.weir.store.StoreUnavailable;

/**
 * A way in which calls cost more than they had to. Stateless; a new one is a file here and a line
 * in {@link SavingsReport}.
 */
interface SavingsWay {
    /** The word people ask for it with. */
    String word();

    /** What would have been saved. */
    Saving find(SavingsQuestion question) throws StoreUnavailable;
}
