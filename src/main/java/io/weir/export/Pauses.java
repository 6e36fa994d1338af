package io.weir.export;

import java.time.Duration;

/** Time as it passes between two questions. */
interface Pauses {
    /** The machine's own. */
    Pauses SYSTEM = Thread::sleep;

    void pause(Duration length) throws InterruptedException;
}
