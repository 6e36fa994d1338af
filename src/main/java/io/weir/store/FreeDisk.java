package io.weir.store;

import io.weir.store.StoreUnavailable.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room that is left where the database lies. It is asked before each write, because a disk that
 * fills up during one costs DuckDB its whole instance.
 */
record FreeDisk(Path file, long minFreeBytes) {
    void require() throws StoreUnavailable {
        long free = bytes();
        if (free < minFreeBytes) {
            throw new StoreUnavailable(
                    Reason.DISK_NEARLY_FULL,
                    "disk nearly full: %d MiB are free where %s lies, and the store keeps %d MiB clear. Records stay in the journal until there is room"
                            .formatted(free >> 20, file, minFreeBytes >> 20),
                    null);
        }
    }

    private long bytes() throws StoreUnavailable {
        Path there = file.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            throw new StoreUnavailable(
                    Reason.DATABASE_BROKEN,
                    "the disk where %s lies does not answer: %s".formatted(file, e.getMessage()),
                    e);
        }
    }
}
