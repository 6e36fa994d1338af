package io.weir.prices;

import io.weir.prices.PriceTable.Listing;
import io.weir.prices.PriceTable.Slot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One price book out of several tables, by the rules of {@code docs/prices.md}. */
final class Derivation {

    // What answers call the model that was asked for.
    private static final Map<String, String> OWN_NAMES =
            Map.of(
                    "babbage-002", "babbage:2023-07-21-v2",
                    "davinci-002", "davinci:2023-07-21-v2",
                    "gpt-3.5-turbo-instruct", "gpt-3.5-turbo-instruct:20230824-v2",
                    "text-moderation-latest", "text-moderation-006");

    private final List<PriceTable> tables;
    private final List<PriceEntry> entries = new ArrayList<>();
    private final List<Dispute> disputes = new ArrayList<>();

    /**
     * What each table says where they differ, and what was chosen; below zero where nothing was.
     */
    record Dispute(String model, Slot slot, SortedMap<String, Long> said, long chosen) {}

    Derivation(List<PriceTable> tables) {
        this.tables = List.copyOf(tables);
        SortedSet<String> names = new TreeSet<>();
        tables.forEach(table -> names.addAll(table.names()));
        names.forEach(this::derive);
    }

    /**
     * The book, by name and date; dated names that say no more than the undated one are aliases.
     */
    List<PriceEntry> entries() {
        List<PriceEntry> grouped = new ArrayList<>();
        for (PriceEntry entry : entries) {
            if (entries.stream().noneMatch(base -> covers(base, entry))) {
                List<String> aliases = new ArrayList<>();
                entries.stream()
                        .filter(dated -> covers(entry, dated))
                        .forEach(dated -> aliases.add(dated.model()));
                Optional.ofNullable(OWN_NAMES.get(entry.model())).ifPresent(aliases::add);
                grouped.add(entry.named(entry.model(), aliases));
            }
        }
        return grouped;
    }

    /** Where the tables differ, by model. */
    List<Dispute> disputes() {
        return disputes;
    }

    List<PriceTable> tables() {
        return tables;
    }

    private static boolean covers(PriceEntry base, PriceEntry dated) {
        return base.model().equals(ModelName.moreGeneral(dated.model()))
                && Objects.equals(base.from(), dated.from())
                && Objects.equals(base.deprecated(), dated.deprecated())
                && base.billedBy().equals(dated.billedBy())
                && base.disputedBy().containsAll(dated.disputedBy())
                && prices(base).entrySet().containsAll(prices(dated).entrySet());
    }

    private static Map<Slot, Long> prices(PriceEntry entry) {
        Map<Slot, Long> prices = new TreeMap<>();
        entry.tiers()
                .forEach((tier, rates) -> {
                    for (Part part : Part.values()) {
                        prices.put(new Slot(tier, false, part), part.rate(rates.rates()));
                        Rates above = rates.longContext();
                        prices.put(
                                new Slot(tier, true, part),
                                above == null ? Said.NONE : part.rate(above));
                    }
                });
        prices.values().removeIf(price -> price == Said.NONE);
        return prices;
    }

    private void derive(String model) {
        List<Said> now = new ArrayList<>();
        List<Said> before = new ArrayList<>();
        for (PriceTable table : tables) {
            List<Listing> listings = table.listings(model);
            for (Listing listing : listings) {
                boolean last = listing.equals(listings.getLast());
                (last ? now : before).add(new Said(table, listing));
            }
        }
        for (Said earlier : before) {
            add(model, earlier.listing().from(), List.of(earlier));
        }
        LocalDate from =
                now.stream()
                        .map(said -> said.listing().from())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        add(model, from, now);
    }

    private void add(String model, @Nullable LocalDate from, List<Said> all) {
        String billedBy =
                all.stream()
                        .map(said -> said.listing().billedBy())
                        .filter(unit -> !unit.equals(PriceEntry.TOKENS))
                        .findFirst()
                        .orElse(PriceEntry.TOKENS);
        boolean byTokens = billedBy.equals(PriceEntry.TOKENS);
        SortedMap<Slot, Long> chosen = byTokens ? chosen(model, all) : new TreeMap<>();
        if (byTokens && chosen.isEmpty()) {
            return;
        }
        LocalDate deprecated =
                all.stream()
                        .map(said -> said.listing().deprecated())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        List<Said> voters = byTokens ? voters(all) : voters(all, billedBy);
        entries.add(
                new PriceEntry(
                        model,
                        List.of(),
                        from,
                        deprecated,
                        sources(voters.stream().filter(said -> agrees(said, chosen))),
                        sources(voters.stream().filter(said -> !agrees(said, chosen))),
                        billedBy,
                        chosen.keySet().stream().anyMatch(Slot::longContext)
                                ? PriceTable.LONG_CONTEXT_ABOVE
                                : 0,
                        tiers(chosen)));
    }

    private static List<Said> voters(List<Said> all) {
        return all.stream().filter(said -> !said.listing().picoUsd().isEmpty()).toList();
    }

    private static List<Said> voters(List<Said> all, String billedBy) {
        return all.stream().filter(said -> said.listing().billedBy().equals(billedBy)).toList();
    }

    private static boolean agrees(Said said, SortedMap<Slot, Long> chosen) {
        return said.listing().picoUsd().entrySet().stream()
                .allMatch(price -> price.getValue().equals(chosen.get(price.getKey())));
    }

    private static List<String> sources(Stream<Said> said) {
        return said.map(Said::source).toList();
    }

    private SortedMap<Slot, Long> chosen(String model, List<Said> all) {
        SortedMap<Slot, Long> chosen = new Vote(all).chosen();
        SortedSet<Slot> slots = new TreeSet<>();
        all.forEach(said -> slots.addAll(said.listing().picoUsd().keySet()));
        for (Slot slot : slots) {
            noteDispute(model, slot, all, chosen.getOrDefault(slot, Said.NONE));
        }
        return chosen;
    }

    private void noteDispute(String model, Slot slot, List<Said> all, long chosen) {
        SortedMap<String, Long> prices = new TreeMap<>();
        for (Said said : all) {
            if (said.price(slot) != Said.NONE) {
                prices.put(said.source(), said.price(slot));
            }
        }
        if (prices.values().stream().anyMatch(price -> price != chosen)) {
            disputes.add(new Dispute(model, slot, prices, chosen));
        }
    }

    private static Map<Tier, TierRates> tiers(SortedMap<Slot, Long> chosen) {
        Map<Tier, TierRates> tiers = new EnumMap<>(Tier.class);
        for (Tier tier : Tier.values()) {
            Map<Part, Long> rates = rates(chosen, tier, false);
            Map<Part, Long> above = rates(chosen, tier, true);
            if (!rates.isEmpty()) {
                tiers.put(
                        tier,
                        new TierRates(Rates.of(rates), above.isEmpty() ? null : Rates.of(above)));
            }
        }
        return tiers;
    }

    private static Map<Part, Long> rates(SortedMap<Slot, Long> chosen, Tier tier, boolean isLong) {
        Map<Part, Long> rates = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            long picoUsd = chosen.getOrDefault(new Slot(tier, isLong, part), Said.NONE);
            if (picoUsd != Said.NONE) {
                rates.put(part, picoUsd);
            }
        }
        // A model without a price for text puts out one other thing, which its usage calls output.
        Long image = rates.get(Part.OUTPUT_IMAGE);
        Long audio = rates.get(Part.OUTPUT_AUDIO);
        if (image != null && audio == null) {
            rates.putIfAbsent(Part.OUTPUT, image);
        }
        if (audio != null && image == null) {
            rates.putIfAbsent(Part.OUTPUT, audio);
        }
        return rates;
    }
}
