package io.weir.limit;

import io.weir.config.NamePattern;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a rule counts, and how many counters it has for them.
 *
 * @param where values that calls must have: exact, or their beginning and a star
 * @param per what counters are told apart by: one for all calls where there is nothing. Users are
 *     told apart within their project
 */
public record Which(Map<Dimension, String> where, Set<Dimension> per) {
    /** Every call, together. */
    public static final Which ALL = new Which(Map.of(), Set.of());

    public Which {
        where = where.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(where));
        per = per.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(per));
        if (per.contains(Dimension.TAG)) {
            throw new IllegalArgumentException(
                    "a call has several tags: say 'where' for one of them instead of 'per'");
        }
        where.forEach((dimension, value) -> {
            if (!NamePattern.isSound(value)) {
                throw new IllegalArgumentException(
                        "%s '%s' will not do: give a value, or its beginning and a star"
                                .formatted(dimension.word(), value));
            }
        });
    }

    /** The value that calls must have exactly; null where there is none. */
    @Nullable String exactly(Dimension dimension) {
        String value = where.get(dimension);
        return value == null || NamePattern.isBeginning(value) ? null : value;
    }

    /** Whether a call counts. */
    boolean counts(Caller caller) {
        return mayCount(caller)
                && (where.isEmpty() || matches(where.get(Dimension.MODEL), caller.model()));
    }

    /** Whether a call counts, if its model does. */
    boolean mayCount(Caller caller) {
        if (per.contains(Dimension.USER) && caller.user() == null) {
            return false;
        }
        return where.isEmpty()
                || (matches(where.get(Dimension.KEY), caller.principal().keyId())
                        && matches(where.get(Dimension.PROJECT), caller.principal().project())
                        && matches(where.get(Dimension.USER), caller.user())
                        && hasTag(caller));
    }

    /** The counter of a call that counts. */
    Slot slot(Caller caller) {
        if (per.isEmpty()) {
            return Slot.ALL;
        }
        boolean users = per.contains(Dimension.USER);
        boolean projects = users || per.contains(Dimension.PROJECT);
        return new Slot(
                per.contains(Dimension.KEY) ? caller.principal().keyId() : null,
                projects ? caller.principal().project() : null,
                per.contains(Dimension.MODEL) ? caller.model() : null,
                users ? caller.user() : null);
    }

    private boolean hasTag(Caller caller) {
        String wanted = where.get(Dimension.TAG);
        return wanted == null
                || caller.principal().tags().stream().anyMatch(tag -> matches(wanted, tag));
    }

    private static boolean matches(@Nullable String wanted, @Nullable String value) {
        return wanted == null || (value != null && NamePattern.matches(wanted, value));
    }
}
