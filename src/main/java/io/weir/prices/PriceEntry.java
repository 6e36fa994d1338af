package io.weir.prices;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one model costs from some day on.
 *
 * @param model its name
 * @param aliases other names at the same prices, dated ones mostly
 * @param from the first day, UTC, on which these prices hold; null where they always did as far as
 *     is known
 * @param deprecated the day its provider retires it; null where none is known
 * @param agreedBy the sources that give exactly these prices, as far as they give any
 * @param disputedBy the sources that say something else in at least one price
 * @param billedBy {@link #TOKENS}, {@link #NOTHING}, or what the provider counts instead: {@code
 *     second}, {@code character}, {@code image}
 * @param longContextAbove input tokens above which a call pays its tier's long-context prices; 0
 *     where there is no such threshold
 * @param tiers the prices; empty unless billed by tokens
 */
public record PriceEntry(
        String model,
        List<String> aliases,
        @Nullable LocalDate from,
        @Nullable LocalDate deprecated,
        List<String> agreedBy,
        List<String> disputedBy,
        String billedBy,
        long longContextAbove,
        Map<Tier, TierRates> tiers) {
    /** Billed by tokens. */
    public static final String TOKENS = "tokens";

    /** Free of charge. */
    public static final String NOTHING = "nothing";

    public PriceEntry {
        aliases = List.copyOf(aliases);
        agreedBy = List.copyOf(agreedBy);
        disputedBy = List.copyOf(disputedBy);
        tiers = Map.copyOf(tiers);
        if (model.isBlank()) {
            throw new IllegalArgumentException("a price entry has no model name");
        }
        if (billedBy.equals(TOKENS) == tiers.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s is billed by %s and has prices for %d tiers"
                            .formatted(model, billedBy, tiers.size()));
        }
        boolean longContext = tiers.values().stream().anyMatch(tier -> tier.longContext() != null);
        if (longContextAbove < 0 || longContext != (longContextAbove > 0)) {
            throw new IllegalArgumentException(
                    "%s has long-context prices: %s, above %d input tokens"
                            .formatted(model, longContext, longContextAbove));
        }
    }

    /** All names it is known by, its own first. */
    public List<String> names() {
        return Stream.concat(Stream.of(model), aliases.stream()).toList();
    }

    /** The day from which it counts; the first there is where none is known. */
    public LocalDate begin() {
        return from == null ? LocalDate.MIN : from;
    }

    /** Whether it is that entry, or what is left of it under some of its names. */
    boolean sharesPrices(PriceEntry whole) {
        return whole.names().containsAll(names()) && equals(whole.named(model, aliases));
    }

    /** The same prices under other names. */
    public PriceEntry named(String otherModel, List<String> otherAliases) {
        return new PriceEntry(
                otherModel,
                otherAliases,
                from,
                deprecated,
                agreedBy,
                disputedBy,
                billedBy,
                longContextAbove,
                tiers);
    }
}
