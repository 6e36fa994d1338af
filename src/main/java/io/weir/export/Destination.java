package io.weir.export;

import java.io.Closeable;
import java.util.List;

/** Where events go. Belongs to its exporter's thread, which may wait in it. */
public interface Destination extends Closeable {
    /**
     * Sends events, in this order.
     *
     * @param events at least one, and no more than {@link #limits} allow
     * @return what became of them; what cannot be known, whether an answer was lost for instance,
     *     counts as failed
     */
    Sent send(List<Event> events) throws InterruptedException;

    /** How much it takes at once. */
    Limits limits();

    /**
     * Whether it reads {@link Event#json} alone. One whose batch gathers for minutes should: the
     * garbage collector copies what waits, and calls wait for that; a call's record is some forty
     * objects.
     */
    default boolean readsJsonAlone() {
        return false;
    }
}
