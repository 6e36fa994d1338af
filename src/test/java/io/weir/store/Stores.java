package io.weir.store;

import java.nio.file.Path;
import java.time.Duration;

/** Opens stores for tests. */
public final class Stores {
    /** Small, and without a minimum of free disk. */
    public static final StoreConfig CONFIG =
            new StoreConfig(
                    128L << 20,
                    1,
                    0,
                    2,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ZERO);

    private Stores() {}

    /** A store in that directory, open. */
    public static CallStore open(Path directory) throws StoreUnavailable {
        CallStore store = new CallStore(directory, CONFIG, System::nanoTime);
        store.open();
        return store;
    }
}
