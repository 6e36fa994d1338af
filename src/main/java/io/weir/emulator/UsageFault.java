package io.weir.emulator;

import io.weir.wire.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is wrong with the books that an administrator's key is shown, by how the key begins. */
enum UsageFault {
    NONE("sk-admin", ""),
    MISSING("sk-admin-missing", "the first model, by name, is left out of usage and costs"),
    DEARER("sk-admin-dearer", "every amount is a quarter more than the prices say"),
    BYPASS("sk-admin-bypass", "a request of 1,000 input tokens more of each model a minute"),
    LATE("sk-admin-late", "everything is a day late");

    private static final Usage STRAY = Usage.ofText(1_000, 0);
    private static final long MINUTES_A_DAY = 24 * 60;

    private final String prefix;
    private final String description;

    UsageFault(String prefix, String description) {
        this.prefix = prefix;
        this.description = description;
    }

    /** How keys begin that are shown it. */
    String prefix() {
        return prefix;
    }

    /** What is wrong, in a sentence's half. */
    String description() {
        return description;
    }

    /** What that key is shown; empty where it is no administrator's. */
    static Optional<UsageFault> of(String key) {
        Optional<UsageFault> found = Optional.empty();
        for (UsageFault fault : values()) {
            found = key.startsWith(fault.prefix) ? Optional.of(fault) : found;
        }
        return found;
    }

    /** The books as this fault shows them. */
    List<Used> bend(List<Used> all) {
        return switch (this) {
            case NONE, DEARER -> all;
            case MISSING -> withoutFirstModel(all);
            case BYPASS -> all.stream().map(used -> used.plus(1, STRAY)).toList();
            case LATE -> all.stream().map(used -> used.later(MINUTES_A_DAY)).toList();
        };
    }

    /** So many hundredths of each amount are shown. */
    long percent() {
        return this == DEARER ? 125 : 100;
    }

    private static List<Used> withoutFirstModel(List<Used> all) {
        Optional<String> first = all.stream().map(Used::model).min(Comparator.naturalOrder());
        List<Used> rest = new ArrayList<>(all);
        rest.removeIf(used -> used.model().equals(first.orElse("")));
        return rest;
    }
}
