package io.weir.report;

import io.weir.report.Saving.Certainty;
import io.weir.report.Saving.Group;
import io.weir.report.SavingsQuestion.Row;
import io.weir.store.StoreUnavailable;
import java.util.Comparator;
import java.util.List;

/**
 * Prompts far longer than most of the same key, model and endpoint: histories that were never cut,
 * documents that were sent whole.
 */
final class LongPrompts implements SavingsWay {
    private static final TokenWorth WORTH =
            (row, rates, saved) ->
                    saved.plus(
                                    row.number("excess") - row.number("cached"),
                                    Math.max(0, rates.input()))
                            .plus(row.number("cached"), Math.max(0, rates.cacheRead()));

    @Override
    public String word() {
        return "long-prompts";
    }

    @Override
    public Saving find(SavingsQuestion question) throws StoreUnavailable {
        List<Row> rows =
                question.sums(
                        longOnes(question)
                                + """
                                SELECT %1$s price_id, count(*), sum(cost), sum(excess)::BIGINT,
                                    sum(cached)::BIGINT
                                FROM lengthy GROUP BY %1$s price_id ORDER BY ALL
                                """
                                        .formatted(question.byColumns()),
                        "price_id",
                        "calls",
                        "cost",
                        "excess",
                        "cached");
        return new Saving(
                Certainty.ESTIMATE, WORTH.parts(question, rows), evidence(rows), groups(question));
    }

    /** What would go is what providers remember, as far as they do: it is counted as that first. */
    private static String longOnes(SavingsQuestion question) {
        return """
        WITH paid AS MATERIALIZED (%s),
        usual AS (
            SELECT project, key, model, endpoint, quantile_disc(input, 0.5) AS median,
                quantile_disc(output, 0.5) AS usual_output
            FROM paid GROUP BY project, key, model, endpoint HAVING count(*) >= 50),
        lengthy AS (
            SELECT paid.*, median, usual_output, (input - 2 * median)::BIGINT AS excess,
                least(excess, cache_read_tokens) AS cached
            FROM paid JOIN usual ON paid.model = usual.model AND paid.endpoint = usual.endpoint
                AND paid.key = usual.key AND paid.project = usual.project
            WHERE input > 4 * median AND input - median >= 1000)
        """
                .formatted(
                        question.calls(
                                "cache_read_tokens, %s AS input, %s AS output"
                                        .formatted(Words.INPUT, Words.OUTPUT),
                                SavingsQuestion.PAID));
    }

    private static String evidence(List<Row> rows) {
        long calls = SavingsQuestion.sum(rows, "calls");
        return calls == 0
                ? "No prompt was more than four times as long as the median of its key, model and endpoint; of fewer than 50 calls that is not judged."
                : "%,d prompts were more than four times as long as the median of their key, model and endpoint. Saved is what they would not have cost at twice the median: %,d tokens less. Cut histories, and send of documents what the question needs."
                        .formatted(calls, SavingsQuestion.sum(rows, "excess"));
    }

    private static List<Group> groups(SavingsQuestion question) throws StoreUnavailable {
        String sql =
                longOnes(question)
                        + """
                        SELECT project, key, model, endpoint, price_id, count(*), sum(cost),
                            sum(excess)::BIGINT AS excess, sum(cached)::BIGINT, min(median),
                            max(input), min(input), min(usual_output),
                            quantile_disc(output, 0.5), %s
                        FROM lengthy GROUP BY project, key, model, endpoint, price_id
                        ORDER BY excess DESC, key, model, endpoint LIMIT %d
                        """
                                .formatted(
                                        SavingsQuestion.examples("input"),
                                        SavingsQuestion.MOST_GROUPS);
        return question
                .rows(
                        sql,
                        "project",
                        "key",
                        "model",
                        "endpoint",
                        "price_id",
                        "calls",
                        "cost",
                        "excess",
                        "cached",
                        "median",
                        "longest",
                        "shortest",
                        "usual_output",
                        "output",
                        "examples")
                .stream()
                .map(row -> group(question, row))
                .sorted(Comparator.comparingLong(Group::savedNanoUsd).reversed())
                .toList();
    }

    private static Group group(SavingsQuestion question, Row row) {
        return new Group(
                row.heading("model", "key", "endpoint"),
                row.number("calls"),
                row.number("cost"),
                WORTH.nanoUsd(question, row),
                "Up to %,d tokens where %,d are the median; their answers have %,d, those of all %,d."
                        .formatted(
                                row.number("longest"),
                                row.number("median"),
                                row.number("output"),
                                row.number("usual_output")),
                row.text("examples"),
                row.filter("project", "key", "model", "endpoint")
                        + "&"
                        + Row.filter("min_input_tokens", Long.toString(row.number("shortest"))));
    }
}
