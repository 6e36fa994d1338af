package io.weir.report;

import io.weir.prices.PriceBook;
import io.weir.report.Saving.Group;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.wire.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where money goes that need not go: a row for each way of saving, with what it would have saved;
 * or, of one way, a row for each group of calls behind it.
 */
final class SavingsReport implements Report {
    /** One line for each. */
    private static final List<SavingsWay> WAYS =
            List.of(
                    new Duplicates(),
                    new NearDuplicates(),
                    new UnusedPrefixes(),
                    new LongPrompts(),
                    new LargeBounds(),
                    new LostAnswers(),
                    new CheaperModel());

    private static final List<Column> SUMS =
            List.of(
                    new Column("calls", Unit.CALLS),
                    new Column("cost_nano_usd", Unit.NANO_USD),
                    new Column("saved_nano_usd", Unit.NANO_USD),
                    new Column("saved_usd", Unit.USD),
                    new Column("share_of_cost", Unit.SHARE),
                    new Column("certainty", Unit.TEXT),
                    new Column("evidence", Unit.SENTENCE));

    private static final List<Column> GROUPS =
            List.of(
                    new Column("what", Unit.TEXT),
                    new Column("calls", Unit.CALLS),
                    new Column("cost_nano_usd", Unit.NANO_USD),
                    new Column("saved_nano_usd", Unit.NANO_USD),
                    new Column("saved_usd", Unit.USD),
                    new Column("evidence", Unit.SENTENCE),
                    new Column("example_calls", Unit.SENTENCE),
                    new Column("filter", Unit.SENTENCE));

    private static final String OVERLAP =
            "The ways overlap, a duplicate may have a long prompt too: do not add them up.";

    private final Supplier<PriceBook> prices;

    SavingsReport(Supplier<PriceBook> prices) {
        this.prices = prices;
    }

    /** The words for the ways. */
    static List<String> ways() {
        return WAYS.stream().map(SavingsWay::word).toList();
    }

    @Override
    public String name() {
        return "savings";
    }

    @Override
    public String summary() {
        return "What duplicates, unused prompt caches, long prompts, large bounds, retries and a cheaper model would have saved.";
    }

    @Override
    public boolean focuses() {
        return true;
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        SavingsQuestion question = new SavingsQuestion(store, query, prices.get());
        check(question);
        String way = query.focus().way();
        return way == null ? sums(question) : groups(way(way).find(question));
    }

    private static void check(SavingsQuestion question) {
        String instead = question.query().focus().instead();
        if (instead != null
                && question.prices().entry(instead, question.query().until()).isEmpty()) {
            throw new IllegalArgumentException(
                    "the price book has no model '%s' to compare with: see weir prices list"
                            .formatted(instead));
        }
    }

    private static SavingsWay way(String word) {
        return WAYS.stream()
                .filter(way -> way.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no way of saving is called '%s'; there are %s"
                                        .formatted(word, String.join(", ", ways()))));
    }

    private static Table sums(SavingsQuestion question) throws StoreUnavailable {
        List<Column> columns = new ArrayList<>(List.of(new Column("way", Unit.TEXT)));
        question.by().forEach(dimension -> columns.add(dimension.column()));
        columns.addAll(SUMS);
        long spent = spent(question);
        if (spent == 0) {
            return new Table(
                    columns, List.of(), List.of("No call of this time has cost anything."));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (SavingsWay way : WAYS) {
            rows.addAll(rows(question, way.word(), way.find(question), spent));
        }
        int saved = columns.indexOf(new Column("saved_nano_usd", Unit.NANO_USD));
        rows.sort(Comparator.comparingLong(row -> row.get(saved) instanceof Long usd ? -usd : 1));
        return new Table(columns, rows, notes(question));
    }

    private static long spent(SavingsQuestion question) throws StoreUnavailable {
        return question.rows(
                        "SELECT sum(cost) FROM (%s)".formatted(question.calls("1", "true")),
                        "spent")
                .getFirst()
                .number("spent");
    }

    /** A row for each part; where none was asked for, one that says what is found or lacking. */
    private static List<List<@Nullable Object>> rows(
            SavingsQuestion question, String way, Saving saving, long spent) {
        boolean whole = question.by().isEmpty();
        if (whole && saving.parts().isEmpty()) {
            boolean unknown = saving.certainty() == Saving.Certainty.UNKNOWN;
            Long nothing = unknown ? null : 0L;
            return List.of(
                    row(
                            way,
                            List.of(),
                            nothing,
                            nothing,
                            nothing,
                            spent,
                            saving.certainty(),
                            saving.evidence()));
        }
        return saving.parts().stream()
                .map(part ->
                        row(
                                way,
                                part.by(),
                                part.calls(),
                                part.costNanoUsd(),
                                part.savedNanoUsd(),
                                spent,
                                saving.certainty(),
                                whole ? saving.evidence() : null))
                .toList();
    }

    private static List<@Nullable Object> row(
            String way,
            List<@Nullable Object> by,
            @Nullable Long calls,
            @Nullable Long cost,
            @Nullable Long saved,
            long spent,
            Saving.Certainty certainty,
            @Nullable String evidence) {
        List<@Nullable Object> row = new ArrayList<>(List.of(way));
        row.addAll(by);
        row.addAll(
                Arrays.asList(
                        calls,
                        cost,
                        saved,
                        saved == null ? null : Money.usd(saved),
                        saved == null ? null : (double) saved / spent,
                        certainty.word(),
                        evidence));
        return Collections.unmodifiableList(row);
    }

    private static List<String> notes(SavingsQuestion question) {
        List<Dimension> left =
                question.query().by().stream()
                        .filter(dimension -> !SavingsQuestion.SCOPES.contains(dimension))
                        .toList();
        return left.isEmpty()
                ? List.of(OVERLAP)
                : List.of(
                        OVERLAP,
                        "Savings are told by project, key and model, and not by %s."
                                .formatted(
                                        left.stream()
                                                .map(Dimension::word)
                                                .collect(Collectors.joining(", "))));
    }

    private static Table groups(Saving saving) {
        return new Table(
                GROUPS,
                saving.groups().stream().map(SavingsReport::row).toList(),
                List.of(saving.evidence()));
    }

    private static List<@Nullable Object> row(Group group) {
        return Arrays.asList(
                group.what(),
                group.calls(),
                group.costNanoUsd(),
                group.savedNanoUsd(),
                Money.usd(group.savedNanoUsd()),
                group.evidence(),
                group.examples(),
                group.filter().isEmpty() ? null : group.filter());
    }
}
