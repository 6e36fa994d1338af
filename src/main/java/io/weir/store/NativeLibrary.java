package io.weir.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * DuckDB's own code. Its driver unpacks 70 MB to a temporary file at each start and deletes it at a
 * clean end only, so that every killed process would leave one behind.
 */
final class NativeLibrary {
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final String NAME = "libduckdb_java";

    private NativeLibrary() {}

    /**
     * Deletes the unpacked file. What is mapped stays usable; where that is not so, nothing is
     * done.
     */
    static void unlinkUnpacked() {
        if (!Files.exists(MAPS)) {
            return;
        }
        try {
            Path unpackedTo = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
            for (Path file : mapped()) {
                if (file.startsWith(unpackedTo)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // It is a courtesy to the disk: a file that cannot be deleted costs its space only.
            return;
        }
    }

    private static List<Path> mapped() throws IOException {
        return Files.readAllLines(MAPS).stream()
                .filter(line -> line.contains("/" + NAME) && line.endsWith(".so"))
                .map(line -> Path.of(line.substring(line.indexOf('/'))))
                .distinct()
                .toList();
    }
}
