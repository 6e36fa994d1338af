package io.weir.prices;

import io.weir.prices.PriceTable.Slot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The prices of one model, chosen from what several tables say. */
final class Vote {
    private static final Slot INPUT = new Slot(Tier.STANDARD, false, Part.INPUT);

    private final SortedMap<Slot, Long> chosen = new TreeMap<>();
    private final Map<String, Integer> timesWrong = new HashMap<>();

    Vote(List<Said> all) {
        SortedSet<Slot> slots = new TreeSet<>();
        all.forEach(said -> slots.addAll(said.listing().picoUsd().keySet()));
        slots.forEach(slot -> byMajority(slot, plausible(all, slot)));
        slots.forEach(slot -> byTrust(slot, plausible(all, slot)));
        slots.forEach(slot -> alone(slot, plausible(all, slot)));
    }

    SortedMap<Slot, Long> chosen() {
        return chosen;
    }

    private static List<Said> plausible(List<Said> all, Slot slot) {
        return all.stream().filter(said -> said.isPlausible(slot)).toList();
    }

    private void byMajority(Slot slot, List<Said> said) {
        List<Long> prices = said.stream().map(each -> each.price(slot)).sorted().toList();
        boolean tied = prices.size() == 2 && !prices.getFirst().equals(prices.getLast());
        if (prices.size() < 2 || tied) {
            return;
        }
        // The middle of three is also the majority's, where there is one.
        long price = prices.get(prices.size() / 2);
        chosen.put(slot, price);
        for (Said each : said) {
            timesWrong.merge(each.source(), each.price(slot) == price ? 0 : 1, Integer::sum);
        }
    }

    private void byTrust(Slot slot, List<Said> said) {
        if (said.size() != 2 || chosen.containsKey(slot)) {
            return;
        }
        Comparator<Said> byTrust =
                Comparator.comparing(Said::byName)
                        .thenComparingInt(each -> -timesWrong.getOrDefault(each.source(), 0))
                        .thenComparing(Said::date);
        said.stream().max(byTrust).ifPresent(each -> chosen.put(slot, each.price(slot)));
    }

    private void alone(Slot slot, List<Said> said) {
        if (said.size() != 1) {
            return;
        }
        Said only = said.getFirst();
        long input = chosen.getOrDefault(INPUT, Said.NONE);
        boolean lostOnInput = only.price(INPUT) != Said.NONE && only.price(INPUT) != input;
        if (slot.equals(INPUT) || !lostOnInput) {
            chosen.put(slot, only.price(slot));
        }
    }
}
