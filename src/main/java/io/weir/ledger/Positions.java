package io.weir.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far each registered reader has come. */
final class Positions {
    private static final String SUFFIX = ".position";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    private final Path directory;
    private final ConcurrentMap<String, PositionFile> byName = new ConcurrentHashMap<>();

    private Positions(Path directory) {
        this.directory = directory;
    }

    /** Those that are in the directory. */
    static Positions found(Path directory) throws IOException {
        Files.createDirectories(directory);
        Positions positions = new Positions(directory);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path path : files.toList()) {
                String file = path.getFileName().toString();
                if (file.endsWith(SUFFIX)) {
                    String name = file.substring(0, file.length() - SUFFIX.length());
                    positions.byName.put(name, PositionFile.found(path));
                }
            }
        }
        return positions;
    }

    /** The position of that reader; a new one has committed up to {@code start}. */
    PositionFile register(String name, long start) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a reader's name is of a-z, 0-9, _ and -, not '" + name + "'");
        }
        PositionFile known = byName.get(name);
        if (known != null) {
            return known;
        }
        PositionFile fresh = new PositionFile(directory.resolve(name + SUFFIX));
        fresh.write(start);
        byName.put(name, fresh);
        return fresh;
    }

    void forget(String name) throws IOException {
        PositionFile position = byName.remove(name);
        if (position != null) {
            position.delete();
        }
    }

    /** What the slowest has committed; empty where nobody is registered. */
    OptionalLong slowest() {
        return byName.values().stream().mapToLong(PositionFile::committed).min();
    }

    /** What the fastest has committed, 0 where nobody is registered. */
    long fastest() {
        return byName.values().stream().mapToLong(PositionFile::committed).max().orElse(0);
    }

    /** What each has committed. */
    Map<String, Long> all() {
        return byName.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, each -> each.getValue().committed()));
    }
}
