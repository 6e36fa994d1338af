package io.weir.prices;

import io.weir.call.Cost;
import io.weir.wire.Usage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A {@link PriceEntry} made ready to price calls with. */
final class Tariff {
    private final PriceEntry entry;
    private final long fromEpochSecond;
    private final Map<Tier, Column> standard = new EnumMap<>(Tier.class);
    private final Map<Tier, Column> longContext = new EnumMap<>(Tier.class);

    /** The prices of a tier with the name that a priced call carries. */
    private record Column(String priceId, Rates rates) {}

    Tariff(PriceEntry entry) {
        this.entry = entry;
        LocalDate from = entry.from();
        this.fromEpochSecond =
                from == null ? Long.MIN_VALUE : from.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        String name = from == null ? entry.model() : entry.model() + "@" + from;
        entry.tiers()
                .forEach((tier, tierRates) -> {
                    String priceId = name + "/" + tier.word();
                    standard.put(tier, new Column(priceId, tierRates.rates().filled()));
                    Rates above = tierRates.longContext();
                    if (above != null) {
                        String longId = priceId + ">" + entry.longContextAbove();
                        longContext.put(tier, new Column(longId, above.filled()));
                    }
                });
    }

    PriceEntry entry() {
        return entry;
    }

    /** Whether it holds at that second. */
    boolean begunBy(long epochSecond) {
        return epochSecond >= fromEpochSecond;
    }

    /** The prices behind a priced call's id; null where they are not here. */
    @Nullable Rates rates(String priceId) {
        for (Map<Tier, Column> columns : List.of(standard, longContext)) {
            for (Column column : columns.values()) {
                if (column.priceId.equals(priceId)) {
                    return column.rates;
                }
            }
        }
        return null;
    }

    /** The cost of a call in that tier. */
    Cost price(Tier tier, Usage usage) {
        boolean isLong =
                entry.longContextAbove() > 0 && usage.inputTotal() > entry.longContextAbove();
        Column column = (isLong ? longContext : standard).get(tier);
        if (column == null) {
            return new Cost.Unpriced(
                    "no %s%s price for %s"
                            .formatted(isLong ? "long-context " : "", tier.word(), entry.model()));
        }
        return price(column, usage);
    }

    private Cost price(Column column, Usage usage) {
        Part missing = column.rates.missing(usage);
        if (missing != null) {
            return new Cost.Unpriced(
                    "no price for %s in %s".formatted(missing.description(), column.priceId));
        }
        OptionalLong nanoUsd = column.rates.nanoUsd(usage);
        return nanoUsd.isPresent()
                ? new Cost.Priced(nanoUsd.getAsLong(), column.priceId)
                : new Cost.Unpriced("more tokens than anything costs: " + usage.total());
    }
}
