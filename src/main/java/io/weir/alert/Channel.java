package io.weir.alert;

import io.weir.export.Sent;
import java.io.Closeable;

/** Where people are told. Belongs to one thread, which may wait in it. */
interface Channel extends Closeable {
    /**
     * Tells them.
     *
     * @return what became of it; what cannot be known, whether an answer was lost for instance,
     *     counts as failed, and is tried again
     */
    Sent tell(Notification notification) throws InterruptedException;
}
