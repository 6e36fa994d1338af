package io.weir.report;

import io.weir.prices.Part;
import io.weir.prices.PriceBook;
import io.weir.prices.PriceEntry;
import io.weir.prices.Rates;
import io.weir.report.Saving.Certainty;
import io.weir.report.Saving.Group;
import io.weir.report.SavingsQuestion.Row;
import io.weir.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the same tokens would have cost with the next smaller model of the same family, or with one
 * that is named. The money is exact; whether the answers are good enough is for a test to say.
 */
final class CheaperModel implements SavingsWay {
    /** Sizes as names have them, the largest first; a name without any is the family's own. */
    private static final List<String> SIZES = List.of("-pro", "", "-mini", "-nano");

    /** Nobody has tuned the smaller one. */
    private static final String FINE_TUNED = "ft:";

    /** Answers of so few tokens are labels and short facts, which small models are good at. */
    private static final int SHORT = 100;

    private static final List<Part> PARTS = List.of(Part.values());

    @Override
    public String word() {
        return "cheaper-model";
    }

    @Override
    public Saving find(SavingsQuestion question) throws StoreUnavailable {
        Map<String, Optional<PriceEntry>> others = new HashMap<>();
        List<Found> found = new ArrayList<>();
        for (Row row : rows(question)) {
            Optional<PriceEntry> other =
                    others.computeIfAbsent(row.text("used"), model -> other(question, model));
            other.flatMap(entry -> found(question, row, entry)).ifPresent(found::add);
        }
        return new Saving(Certainty.ESTIMATE, parts(found), evidence(found), groups(found));
    }

    /**
     * Calls that cost less with another model.
     *
     * @param other that model
     * @param savedNanoUsd by that
     */
    private record Found(List<@Nullable Object> by, Row row, String other, long savedNanoUsd) {}

    /** By model and tier, since those have prices; and whether the input is a usual one. */
    private static List<Row> rows(SavingsQuestion question) throws StoreUnavailable {
        String parts =
                PARTS.stream()
                        .map(part -> "sum(%s)::BIGINT".formatted(column(part)))
                        .collect(Collectors.joining(", "));
        String more =
                "coalesce(service_tier, request_service_tier) AS tier, %s AS input, %s AS output, %s"
                        .formatted(
                                Words.INPUT,
                                Words.OUTPUT,
                                PARTS.stream()
                                        .map(CheaperModel::column)
                                        .collect(Collectors.joining(", ")));
        List<String> columns =
                new ArrayList<>(
                        List.of("used", "tier", "many", "calls", "cost", "short", "short_cost"));
        PARTS.forEach(part -> columns.add(column(part)));
        columns.add("examples");
        return question.sums(
                """
                WITH paid AS (%1$s)
                SELECT %2$s model, tier, input > 128000 AS many, count(*), sum(cost) AS cost,
                    count(*) FILTER (output <= %3$d), coalesce(sum(cost) FILTER (output <= %3$d), 0), %4$s, %5$s
                FROM paid GROUP BY %2$s model, tier, many
                ORDER BY sum(paid.cost) DESC, paid.model, tier, many
                """
                        .formatted(
                                question.calls(more, SavingsQuestion.PAID),
                                question.byColumns(),
                                SHORT,
                                parts,
                                SavingsQuestion.examples("cost")),
                columns.toArray(String[]::new));
    }

    private static String column(Part part) {
        return part.word() + "_tokens";
    }

    private static Optional<PriceEntry> other(SavingsQuestion question, String model) {
        PriceBook book = question.prices();
        String instead = question.query().focus().instead();
        if (instead != null) {
            return book.entry(instead, question.query().until());
        }
        return book.entry(model, question.query().until())
                .flatMap(entry -> smaller(question, entry.model()));
    }

    /** The next smaller one that the price book has. */
    private static Optional<PriceEntry> smaller(SavingsQuestion question, String model) {
        if (model.startsWith(FINE_TUNED)) {
            return Optional.empty();
        }
        int size = SIZES.size() - 1;
        while (!model.endsWith(SIZES.get(size))) {
            size--;
        }
        String family = model.substring(0, model.length() - SIZES.get(size).length());
        return SIZES.subList(size + 1, SIZES.size()).stream()
                .map(smaller -> question.prices().entry(family + smaller, question.query().until()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Found> found(SavingsQuestion question, Row row, PriceEntry other) {
        boolean tooLong = other.longContextAbove() > 0 && Boolean.TRUE.equals(row.cell("many"));
        String tier = row.text("tier");
        return PriceBook.rates(other, tier.isEmpty() ? null : tier)
                .filter(rates -> !tooLong && hasAll(row, rates))
                .map(rates -> row.number("cost") - cost(row, rates))
                .filter(saved -> saved > 0)
                .map(saved -> new Found(question.by(row), row, other.model(), saved));
    }

    private static boolean hasAll(Row row, Rates rates) {
        return PARTS.stream()
                .allMatch(part -> row.number(column(part)) == 0 || part.rate(rates) >= 0);
    }

    private static long cost(Row row, Rates rates) {
        PicoDollars cost = new PicoDollars();
        PARTS.forEach(part -> cost.plus(row.number(column(part)), part.rate(rates)));
        return cost.nanoUsd();
    }

    private static List<Saving.Part> parts(List<Found> found) {
        return Saving.merged(
                found.stream()
                        .map(one ->
                                new Saving.Part(
                                        one.by(),
                                        one.row().number("calls"),
                                        one.row().number("cost"),
                                        one.savedNanoUsd()))
                        .toList());
    }

    private static String evidence(List<Found> found) {
        if (found.isEmpty()) {
            return "No model in use has a cheaper one of its family in the price book.";
        }
        List<Row> rows = found.stream().map(Found::row).toList();
        String pairs =
                found.stream()
                        .map(one -> one.row().text("used") + " → " + one.other())
                        .distinct()
                        .limit(3)
                        .collect(Collectors.joining(", "));
        return "The same tokens at today's prices of a smaller model: %s. %,d of the %,d calls had answers of at most %d tokens, which smaller models are often good enough for. Other models answer otherwise, and with other numbers of tokens: test it on these calls first."
                .formatted(
                        pairs,
                        SavingsQuestion.sum(rows, "short"),
                        SavingsQuestion.sum(rows, "calls"),
                        SHORT);
    }

    private static List<Group> groups(List<Found> found) {
        return found.stream()
                .map(CheaperModel::group)
                .sorted(Comparator.comparingLong(Group::savedNanoUsd).reversed())
                .limit(SavingsQuestion.MOST_GROUPS)
                .toList();
    }

    private static Group group(Found found) {
        Row row = found.row();
        return new Group(
                row.text("used") + " → " + found.other(),
                row.number("calls"),
                row.number("cost"),
                found.savedNanoUsd(),
                "%,d answers of at most %d tokens.".formatted(row.number("short"), SHORT),
                row.text("examples"),
                Row.filter("model", row.text("used")));
    }
}
