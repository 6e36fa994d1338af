package io.weir.export.otlp;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an attribute's values few: clients invent models, and each value makes a time series of its
 * own. The first so many are themselves, those after them are one. Mutable, for one thread.
 */
final class Names {
    static final String OTHER = "other";

    /** No name of a model comes near; a client could make one of megabytes. */
    private static final int MOST_CHARS = 120;

    private final int most;
    private final Set<String> known = new HashSet<>();

    Names(int most) {
        this.most = most;
    }

    @Nullable String of(@Nullable String name) {
        if (name == null || known.contains(name)) {
            return name;
        }
        if (known.size() >= most || name.length() > MOST_CHARS) {
            return OTHER;
        }
        known.add(name);
        return name;
    }
}
