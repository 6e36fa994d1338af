package io.weir.outbound;

import java.time.Duration;

/** Time as it passes between two questions. */
public interface Pauses {
    /** The machine's own. */
    Pauses SYSTEM = Thread::sleep;

    void pause(Duration length) throws InterruptedException;
}
