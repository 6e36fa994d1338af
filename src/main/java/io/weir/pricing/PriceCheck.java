package io.weir.pricing;

import io.weir.prices.ModelCatalogue;
import io.weir.prices.ModelFact;
import io.weir.prices.PriceBook;
import io.weir.prices.PriceEntry;
import io.weir.prices.Prices;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done about prices, by the models that are used.
 *
 * @param unpriced what was used and has no price
 * @param ending models in use that have ended or will soon
 * @param disputed models in use on whose prices sources differ, and nobody has set one
 */
public record PriceCheck(List<Unpriced> unpriced, List<Ending> ending, List<Disputed> disputed) {
    /**
     * Used without a price.
     *
     * @param priced whether the book has a price of it by now, so that repricing may find it
     */
    public record Unpriced(UsedModels.Use use, String reason, boolean priced) {}

    /**
     * Used, and ending.
     *
     * @param fact what is known of its end
     * @param shutdown the day of it
     * @param over whether that day has come
     */
    public record Ending(UsedModels.Use use, ModelFact fact, LocalDate shutdown, boolean over) {}

    /** Used at prices that not all sources give. */
    public record Disputed(UsedModels.Use use, PriceEntry entry) {}

    private static final String TABLES = "price tables";

    /** How many things there are to do. */
    public int toDo() {
        return unpriced.size() + ending.size() + disputed.size();
    }

    /**
     * Checks.
     *
     * @param used in that time before {@code now}
     * @param near how long before its end a model is told
     */
    static PriceCheck of(
            CallStore store,
            Prices prices,
            ModelCatalogue models,
            Instant now,
            Duration used,
            Duration near)
            throws StoreUnavailable {
        List<UsedModels.Row> rows = UsedModels.since(store, now.minus(used));
        return new PriceCheck(
                unpriced(rows, prices.get(), now),
                ending(rows, models, prices.get(), now, near),
                disputed(rows, prices.get(), now));
    }

    private static List<Unpriced> unpriced(List<UsedModels.Row> rows, PriceBook book, Instant now) {
        Map<String, Unpriced> unpriced = new LinkedHashMap<>();
        for (UsedModels.Row row : rows) {
            if (row.unpriced()) {
                String model = row.model(book, now);
                boolean priced =
                        book.entry(model, now)
                                .filter(it -> it.billedBy().equals(PriceEntry.TOKENS))
                                .isPresent();
                Unpriced one = new Unpriced(row.use(model), row.reason(), priced);
                unpriced.merge(
                        model + "\n" + row.reason(),
                        one,
                        (before, more) ->
                                new Unpriced(before.use().plus(more.use()), row.reason(), priced));
            }
        }
        return List.copyOf(unpriced.values());
    }

    private static List<Ending> ending(
            List<UsedModels.Row> rows,
            ModelCatalogue models,
            PriceBook book,
            Instant now,
            Duration near) {
        LocalDate horizon = LocalDate.ofInstant(now.plus(near), ZoneOffset.UTC);
        Map<String, Ending> ending = new TreeMap<>();
        for (UsedModels.Row row : rows) {
            ModelFact fact = fact(row, models, book, now);
            LocalDate end = fact == null ? null : fact.shutdown();
            if (fact != null && end != null && !end.isAfter(horizon)) {
                Ending one = new Ending(row.use(fact.model()), fact, end, ended(end, now));
                ending.merge(
                        fact.model(),
                        one,
                        (before, more) ->
                                new Ending(before.use().plus(more.use()), fact, end, one.over()));
            }
        }
        List<Ending> sorted = new ArrayList<>(ending.values());
        sorted.sort(Comparator.comparing(Ending::shutdown));
        return sorted;
    }

    private static boolean ended(LocalDate end, Instant now) {
        return !end.isAfter(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /** Of the model that answered or of the one asked for; the price tables are asked last. */
    private static @Nullable ModelFact fact(
            UsedModels.Row row, ModelCatalogue models, PriceBook book, Instant now) {
        String model = row.model(book, now);
        return row.names().stream()
                .flatMap(name -> models.find(name).stream())
                .findFirst()
                .or(() -> book.entry(model, now).flatMap(entry -> tableFact(entry, model)))
                .orElse(null);
    }

    private static Optional<ModelFact> tableFact(PriceEntry entry, String model) {
        return entry.deprecated() == null || !entry.names().contains(model)
                ? Optional.empty()
                : Optional.of(
                        new ModelFact(model, List.of(), null, entry.deprecated(), null, TABLES));
    }

    private static List<Disputed> disputed(List<UsedModels.Row> rows, PriceBook book, Instant now) {
        Map<String, Disputed> disputed = new TreeMap<>();
        for (UsedModels.Row row : rows) {
            PriceEntry entry = book.entry(row.model(book, now), now).orElse(null);
            if (entry != null && !entry.disputedBy().isEmpty()) {
                disputed.merge(
                        entry.model(),
                        new Disputed(row.use(entry.model()), entry),
                        (before, more) -> new Disputed(before.use().plus(more.use()), entry));
            }
        }
        return List.copyOf(disputed.values());
    }
}
