package io.weir.pricing;

import io.weir.prices.ModelCatalogue;
import io.weir.prices.ModelFact;
import io.weir.prices.PriceBook;
import io.weir.prices.PriceEntry;
import io.weir.prices.Prices;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of the list of prices.
 *
 * @param origin where the entry comes from
 * @param inForce whether it prices calls of the time asked about
 * @param fact what is known of the model's end; null where nothing is
 */
public record PriceLine(
        PriceEntry entry, String origin, boolean inForce, @Nullable ModelFact fact) {
    private static final Comparator<PriceEntry> BY_MODEL =
            Comparator.comparing(PriceEntry::model)
                    .thenComparing(Comparator.comparing(PriceEntry::begin).reversed());

    /**
     * The lines.
     *
     * @param search a part of a model's name, or the name of one that is priced by another's entry
     * @param all whether entries are meant that do not price calls of that time, too
     */
    public static List<PriceLine> of(
            Prices prices, ModelCatalogue models, String search, Instant at, boolean all) {
        PriceBook book = prices.get();
        PriceEntry found = book.entry(search, at).orElse(null);
        return book.entries().stream()
                .filter(entry -> entry.equals(found) || matches(entry, search))
                .sorted(BY_MODEL)
                .map(entry -> line(entry, prices, book, models, at))
                .filter(line -> all || line.inForce())
                .toList();
    }

    private static PriceLine line(
            PriceEntry entry, Prices prices, PriceBook book, ModelCatalogue models, Instant at) {
        boolean inForce = book.entry(entry.model(), at).filter(entry::equals).isPresent();
        ModelFact fact = models.find(entry.model()).orElse(null);
        return new PriceLine(entry, prices.origin(entry), inForce, fact);
    }

    private static boolean matches(PriceEntry entry, String search) {
        String part = search.toLowerCase(Locale.ROOT);
        return entry.names().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(part));
    }
}
