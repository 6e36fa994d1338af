package io.weir.reconcile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the provider's projects belong beside which of Weir's. They are different things: a
 * provider's project is that of the key by which Weir calls it.
 *
 * @param names Weir's name by the provider's id; {@link #ALL} where it is all that is not named;
 *     none at all where everything is laid beside everything
 */
public record Projects(Map<String, String> names) {
    /** Stands for every project that has no row of its own. */
    public static final String ALL = "*";

    /** Everything beside everything. */
    public static final Projects TOGETHER = new Projects(Map.of());

    public Projects {
        names = Map.copyOf(names);
    }

    /**
     * Projects as they are written: {@code proj_abc}, or {@code proj_abc=shop}.
     *
     * @throws IllegalArgumentException saying how to write them
     */
    public static Projects of(List<String> written) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String one : written) {
            int equals = one.indexOf('=');
            String id = equals < 0 ? one : one.substring(0, equals);
            String name = equals < 0 ? ALL : one.substring(equals + 1);
            if (id.isBlank() || name.isBlank() || names.put(id, name) != null) {
                throw new IllegalArgumentException(
                        "'%s' is no project: write the provider's id once, alone or with Weir's name, proj_abc=shop"
                                .formatted(one));
            }
        }
        return new Projects(names);
    }

    /** The provider's ids; none means all. */
    Set<String> ids() {
        return names.keySet();
    }

    /** Where what the provider has of a project belongs; empty where it is left out. */
    Optional<String> ofProvider(@Nullable String id) {
        if (names.isEmpty()) {
            return Optional.of(ALL);
        }
        return id == null ? Optional.empty() : Optional.ofNullable(names.get(id));
    }

    /** Where what the ledger has of a project belongs; empty where it is left out. */
    Optional<String> ofLedger(@Nullable String name) {
        if (names.isEmpty()) {
            return Optional.of(ALL);
        }
        if (name != null && !name.equals(ALL) && names.containsValue(name)) {
            return Optional.of(name);
        }
        return names.containsValue(ALL) ? Optional.of(ALL) : Optional.empty();
    }
}
