package io.weir.prices;

import io.weir.call.Cost;
import io.weir.wire.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each model costs, from which day on. Immutable.
 *
 * <p>A model is looked up by its name, then without its provider's prefix, then under ever more
 * general names: a fine-tuned model under its base's {@code ft:} name, a dated one under the
 * undated name. A fine-tuned model is never priced as the plain one.
 */
public final class PriceBook {
    private static final String SHIPPED = "openai.json";
    private static final Comparator<PriceEntry> NEWEST_FIRST =
            Comparator.comparing(PriceEntry::begin).reversed();
    private static final Cost FREE = new Cost.Free();

    private final List<PriceEntry> entries;
    private final Map<String, List<Tariff>> newestFirstByName = new HashMap<>();

    private PriceBook(List<PriceEntry> entries) {
        this.entries = List.copyOf(entries);
        this.entries.stream().sorted(NEWEST_FIRST).forEach(this::index);
    }

    /** The book that comes with Weir: OpenAI's models. It is read anew at each call. */
    public static PriceBook shipped() {
        try (InputStream in = PriceBook.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the price book " + SHIPPED + " is not in the jar");
            }
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A book from its JSON file; see {@code docs/prices.md} for the form.
     *
     * @throws IllegalArgumentException saying which entry is wrong and how
     */
    public static PriceBook parse(byte[] json) {
        return new PriceBook(PriceFile.read(json));
    }

    /** A book of those entries. */
    public static PriceBook of(Collection<PriceEntry> entries) {
        return new PriceBook(List.copyOf(entries));
    }

    /**
     * The same book with other prices for some names. An override without a date takes the place of
     * all that was known of its names; one with a date leaves the prices of the days before it.
     */
    public PriceBook withOverrides(List<PriceEntry> overrides) {
        List<PriceEntry> merged = new ArrayList<>(overrides);
        for (PriceEntry entry : entries) {
            Set<String> kept = new HashSet<>(entry.names());
            overrides.stream()
                    .filter(override -> !entry.begin().isBefore(override.begin()))
                    .forEach(override -> override.names().forEach(kept::remove));
            List<String> names = entry.names().stream().filter(kept::contains).toList();
            if (!names.isEmpty()) {
                merged.add(entry.named(names.getFirst(), names.subList(1, names.size())));
            }
        }
        return new PriceBook(merged);
    }

    /** All entries, in the file's order. */
    public List<PriceEntry> entries() {
        return entries;
    }

    /** The entry that prices calls of that model at that time. */
    public Optional<PriceEntry> entry(String model, Instant at) {
        List<Tariff> tariffs = tariffs(model);
        Tariff tariff = tariffs == null ? null : tariffAt(tariffs, at);
        return Optional.ofNullable(tariff).map(Tariff::entry);
    }

    /**
     * The prices of that id, to explain what a call has cost; empty where the book has no such
     * prices, or has them no more. It looks at every entry: not for the path of a call.
     */
    public Optional<Rates> rates(String priceId) {
        return newestFirstByName.values().stream()
                .flatMap(List::stream)
                .map(tariff -> tariff.rates(priceId))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * The prices of that entry in that tier, below its long-context threshold and with those that
     * follow from others; empty where it has none.
     */
    public static Optional<Rates> rates(PriceEntry entry, @Nullable String serviceTier) {
        Tier tier = Tier.of(serviceTier, false);
        TierRates rates = tier == null ? null : entry.tiers().get(tier);
        return Optional.ofNullable(rates).map(found -> found.rates().filled());
    }

    /** What a call costs that its provider answered. */
    public Cost price(Billable call) {
        return call.usage().total() == 0
                ? FREE
                : price(
                        call.model(this),
                        call.serviceTier(),
                        call.batch(),
                        call.usage(),
                        call.at());
    }

    /**
     * What a call of that model costs.
     *
     * @param model the model that answered, or the one asked for where the answer names none that
     *     is in the book
     * @param serviceTier the tier that answered, or the one asked for where the answer names none
     * @param batch whether the call is part of a batch
     * @param at when it was made: the prices of that day count
     */
    public Cost price(
            String model, @Nullable String serviceTier, boolean batch, Usage usage, Instant at) {
        List<Tariff> tariffs = tariffs(model);
        if (tariffs == null) {
            return usage.equals(Usage.NONE) ? FREE : unpriced("no price for ", model);
        }
        Tariff tariff = tariffAt(tariffs, at);
        if (tariff == null) {
            return unpriced("no price of that time for ", model);
        }
        return switch (tariff.entry().billedBy()) {
            case PriceEntry.TOKENS -> price(tariff, serviceTier, batch, usage);
            case PriceEntry.NOTHING -> FREE;
            case String unit -> unpriced("billed by the " + unit + ", not by tokens: ", model);
        };
    }

    private static Cost price(
            Tariff tariff, @Nullable String serviceTier, boolean batch, Usage usage) {
        if (usage.equals(Usage.NONE)) {
            return FREE;
        }
        Tier tier = Tier.of(serviceTier, batch);
        return tier == null
                ? unpriced("no prices for the service tier ", String.valueOf(serviceTier))
                : tariff.price(tier, usage);
    }

    private @Nullable List<Tariff> tariffs(String model) {
        List<Tariff> tariffs = newestFirstByName.get(model);
        if (tariffs != null || model.length() > ModelName.MAX_LENGTH) {
            return tariffs;
        }
        String name = ModelName.withoutProvider(model);
        while (name != null) {
            tariffs = newestFirstByName.get(name);
            if (tariffs != null) {
                return tariffs;
            }
            name = ModelName.moreGeneral(name);
        }
        return null;
    }

    private static @Nullable Tariff tariffAt(List<Tariff> newestFirst, Instant at) {
        long epochSecond = at.getEpochSecond();
        for (Tariff tariff : newestFirst) {
            if (tariff.begunBy(epochSecond)) {
                return tariff;
            }
        }
        return null;
    }

    private void index(PriceEntry entry) {
        Tariff tariff = new Tariff(entry);
        for (String name : entry.names()) {
            List<Tariff> tariffs =
                    newestFirstByName.computeIfAbsent(name, unseen -> new ArrayList<>(1));
            if (!tariffs.isEmpty() && tariffs.getLast().entry().begin().equals(entry.begin())) {
                throw new IllegalArgumentException(
                        "two entries price %s from the same day on".formatted(name));
            }
            tariffs.add(tariff);
        }
    }

    private static Cost unpriced(String sentence, String name) {
        boolean tooLong = name.length() > ModelName.MAX_LENGTH;
        String shown = tooLong ? name.substring(0, ModelName.MAX_LENGTH) : name;
        return new Cost.Unpriced(sentence + shown);
    }
}
