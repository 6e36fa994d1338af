package io.weir.prices;

import io.weir.prices.Derivation.Dispute;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes {@code docs/prices.md}: how prices are found, where the tables differ, and when models
 * end.
 */
final class PricePage {
    private PricePage() {}

    static String markdown(Derivation derivation, String template) {
        String sources =
                derivation.tables().stream().map(PricePage::source).collect(Collectors.joining());
        String threshold = "%,d".formatted(PriceTable.LONG_CONTEXT_ABOVE);
        return template.replace("{sources}\n", sources).replace("{threshold}", threshold)
                + disputes(derivation)
                + standardPrices(derivation.entries())
                + otherUnits(derivation.entries())
                + ends(ModelCatalogue.shipped());
    }

    private static String source(PriceTable table) {
        PriceTable.Origin origin = table.origin();
        return "- **%s** of %s (%s, commit `%.12s`, %s licence)\n"
                .formatted(
                        origin.name(),
                        origin.date(),
                        origin.repository(),
                        origin.commit(),
                        origin.licence());
    }

    private static String disputes(Derivation derivation) {
        List<String> sources =
                derivation.tables().stream().map(table -> table.origin().name()).toList();
        StringBuilder rows = new StringBuilder("\n## Where the tables differ\n");
        rows.append("US dollars a million tokens.\n\n");
        rows.append("| model | price | ").append(String.join(" | ", sources));
        rows.append(" | chosen |\n|---|---|")
                .append("---|".repeat(sources.size() + 1))
                .append('\n');
        for (Dispute dispute : derivation.disputes()) {
            String said =
                    sources.stream()
                            .map(source -> shown(dispute.said().getOrDefault(source, Rates.ABSENT)))
                            .collect(Collectors.joining(" | "));
            String chosen = dispute.chosen() < 0 ? "none" : shown(dispute.chosen());
            rows.append(
                    "| %s | %s | %s | %s |\n"
                            .formatted(dispute.model(), dispute.slot(), said, chosen));
        }
        return rows.toString();
    }

    private static String standardPrices(List<PriceEntry> entries) {
        StringBuilder rows = new StringBuilder("\n## Standard prices\n");
        rows.append("US dollars a million tokens. Other tiers and parts are in the file.\n\n");
        rows.append("| model | from | input | cached | output | other tiers | agreed by |\n");
        rows.append("|---|---|---|---|---|---|---|\n");
        for (PriceEntry entry : entries) {
            TierRates standard = entry.tiers().get(Tier.STANDARD);
            if (standard != null) {
                rows.append(standardRow(entry, standard.rates()));
            }
        }
        return rows.toString();
    }

    private static String standardRow(PriceEntry entry, Rates rates) {
        String otherTiers =
                entry.tiers().keySet().stream()
                        .filter(tier -> tier != Tier.STANDARD)
                        .sorted()
                        .map(Tier::word)
                        .collect(Collectors.joining(", "));
        return "| %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        entry.model(),
                        entry.from() == null ? "" : entry.from(),
                        shown(rates.input()),
                        shown(rates.cacheRead()),
                        shown(rates.output()),
                        otherTiers,
                        String.join(", ", entry.agreedBy()));
    }

    private static String otherUnits(List<PriceEntry> entries) {
        StringBuilder rows = new StringBuilder("\n## Not billed by tokens\n");
        for (PriceEntry entry : entries) {
            if (!entry.billedBy().equals(PriceEntry.TOKENS)) {
                boolean free = entry.billedBy().equals(PriceEntry.NOTHING);
                rows.append("- ").append(entry.model()).append(": ");
                rows.append(free ? "free" : "by the " + entry.billedBy()).append('\n');
            }
        }
        return rows.toString();
    }

    private static String ends(ModelCatalogue catalogue) {
        StringBuilder rows = new StringBuilder("\n## Models and their ends\n");
        rows.append("From `src/main/resources/io/weir/prices/models.json`.\n\n");
        rows.append("| model | other names | announced | ends | instead | source |\n");
        rows.append("|---|---|---|---|---|---|\n");
        for (ModelFact fact : catalogue.facts()) {
            rows.append(
                    "| %s | %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    fact.model(),
                                    String.join(", ", fact.aliases()),
                                    fact.announced() == null ? "" : fact.announced(),
                                    fact.shutdown() == null ? "" : fact.shutdown(),
                                    fact.replacement() == null ? "" : fact.replacement(),
                                    "<" + fact.source() + ">"));
        }
        return rows.toString();
    }

    private static String shown(long picoUsd) {
        return picoUsd == Rates.ABSENT ? "" : PriceBookText.usd(picoUsd);
    }
}
