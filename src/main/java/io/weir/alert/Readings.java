package io.weir.alert;

import io.weir.store.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** Where metrics are read. */
interface Readings {
    /**
     * What was read of a rule's metric at {@code first} and each of the rule's steps after it until
     * {@code last}, by instant; an instant of which nothing is known any more is missing.
     *
     * @throws StoreUnavailable where it cannot be read now
     */
    SortedMap<Instant, List<Reading>> between(Rule rule, Instant first, Instant last)
            throws StoreUnavailable;
}
