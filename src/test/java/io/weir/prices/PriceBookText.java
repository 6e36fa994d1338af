package io.weir.prices;

import io.weir.prices.PriceTable.Origin;
import io.weir.wire.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a derived book in the form that {@link PriceFile} reads. */
final class PriceBookText {
    private PriceBookText() {}

    static String json(Derivation derivation) {
        List<String> sources =
                derivation.tables().stream().map(table -> source(table.origin())).toList();
        List<String> entries = derivation.entries().stream().map(PriceBookText::entry).toList();
        return """
        {
          "unit": "US dollars a million tokens",
          "sources": [
            %s
          ],
          "entries": [
            %s
          ]
        }
        """
                .formatted(String.join(",\n    ", sources), String.join(",\n    ", entries));
    }

    /** A rate in dollars a million tokens, without an exponent. */
    static String usd(long picoUsd) {
        return BigDecimal.valueOf(picoUsd, 6).stripTrailingZeros().toPlainString();
    }

    private static String source(Origin origin) {
        return "{%s, %s, %s, %s, %s}"
                .formatted(
                        field("name", origin.name()),
                        field("date", origin.date().toString()),
                        field("repository", origin.repository()),
                        field("commit", origin.commit()),
                        field("licence", origin.licence()));
    }

    private static String entry(PriceEntry entry) {
        List<String> fields = new ArrayList<>();
        fields.add(field("model", entry.model()));
        addList(fields, "aliases", entry.aliases());
        if (entry.from() != null) {
            fields.add(field("from", entry.from().toString()));
        }
        if (entry.deprecated() != null) {
            fields.add(field("deprecated", entry.deprecated().toString()));
        }
        addList(fields, "agreed_by", entry.agreedBy());
        addList(fields, "disputed_by", entry.disputedBy());
        if (!entry.billedBy().equals(PriceEntry.TOKENS)) {
            fields.add(field("billed_by", entry.billedBy()));
        }
        if (entry.longContextAbove() > 0) {
            fields.add("\"long_context_above\": " + entry.longContextAbove());
        }
        if (!entry.tiers().isEmpty()) {
            fields.add("\"tiers\": {" + tiers(entry) + "}");
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private static String tiers(PriceEntry entry) {
        List<String> tiers = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            TierRates rates = entry.tiers().get(tier);
            if (rates != null) {
                tiers.add(
                        "\n      \"%s\": {%s}"
                                .formatted(tier.word(), rates(rates.rates(), rates.longContext())));
            }
        }
        return String.join(",", tiers);
    }

    private static String rates(Rates rates, @Nullable Rates longContext) {
        List<String> fields = new ArrayList<>();
        for (Part part : Part.values()) {
            if (part.rate(rates) != Rates.ABSENT) {
                fields.add("\"%s\": %s".formatted(part.word(), usd(part.rate(rates))));
            }
        }
        if (longContext != null) {
            fields.add("\"long_context\": {%s}".formatted(rates(longContext, null)));
        }
        return String.join(", ", fields);
    }

    private static void addList(List<String> fields, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            fields.add(
                    texts.stream()
                            .map(PriceBookText::quoted)
                            .collect(Collectors.joining(", ", "\"" + name + "\": [", "]")));
        }
    }

    private static String field(String name, String text) {
        return "\"%s\": %s".formatted(name, quoted(text));
    }

    private static String quoted(String text) {
        return Json.MAPPER.writeValueAsString(text);
    }
}
