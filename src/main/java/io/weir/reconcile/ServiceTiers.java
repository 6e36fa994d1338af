package io.weir.reconcile;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Service tiers, as providers' books name them. */
final class ServiceTiers {
    private static final Set<String> USUAL = Set.of("default", "standard", "auto");

    private ServiceTiers() {}

    /** Whether a tier has prices of its own. */
    static boolean apart(@Nullable String tier) {
        return tier != null
                && !tier.isBlank()
                && !USUAL.contains(tier.strip().toLowerCase(Locale.ROOT));
    }
}
