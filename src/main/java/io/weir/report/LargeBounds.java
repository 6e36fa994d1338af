package io.weir.report;

import io.weir.report.Saving.Certainty;
import io.weir.report.Saving.Group;
import io.weir.report.SavingsQuestion.Row;
import io.weir.store.StoreUnavailable;
import java.util.Comparator;
import java.util.List;

/**
 * Bounds on answers far above what answers take. A bound costs nothing by itself; what it does is
 * to let an answer run away, and to hold tokens of rate limits and budgets back that nobody uses.
 */
final class LargeBounds implements SavingsWay {
    private static final TokenWorth WORTH =
            (row, rates, saved) -> saved.plus(row.number("excess"), Math.max(0, rates.output()));

    @Override
    public String word() {
        return "max-tokens";
    }

    @Override
    public Saving find(SavingsQuestion question) throws StoreUnavailable {
        List<Row> rows =
                question.sums(
                        large(question)
                                + """
                                SELECT %1$s price_id, count(*), sum(cost), sum(excess)::BIGINT,
                                    sum(held)::BIGINT, count(*) FILTER (excess > 0)
                                FROM large GROUP BY %1$s price_id ORDER BY ALL
                                """
                                        .formatted(question.byColumns()),
                        "price_id",
                        "calls",
                        "cost",
                        "excess",
                        "held",
                        "ran_away");
        return new Saving(
                Certainty.ESTIMATE, WORTH.parts(question, rows), evidence(rows), groups(question));
    }

    /** Of one choice each: a bound is one choice's, and tokens are those of all. */
    private static String large(SavingsQuestion question) {
        return """
        WITH paid AS MATERIALIZED (%s),
        usual AS (
            SELECT project, key, model, endpoint, quantile_disc(output, 0.99) AS most
            FROM paid GROUP BY project, key, model, endpoint HAVING count(*) >= 50),
        large AS (
            SELECT paid.*, most, max_tokens - most AS held,
                greatest(output - 2 * most, 0)::BIGINT AS excess
            FROM paid JOIN usual ON paid.model = usual.model AND paid.endpoint = usual.endpoint
                AND paid.key = usual.key AND paid.project = usual.project
            WHERE max_tokens >= 4 * most AND max_tokens - most >= 256)
        """
                .formatted(
                        question.calls(
                                "max_tokens, %s AS output".formatted(Words.OUTPUT),
                                "choices = 1 AND " + SavingsQuestion.PAID));
    }

    private static String evidence(List<Row> rows) {
        long calls = SavingsQuestion.sum(rows, "calls");
        if (calls == 0) {
            return "No call allowed four times what 99 of 100 answers of its key, model and endpoint take; of fewer than 50 calls that is not judged.";
        }
        long ranAway = SavingsQuestion.sum(rows, "ran_away");
        return "%,d calls allowed at least four times what 99 of 100 answers of their key, model and endpoint take, and held %,d tokens of rate limits and budgets back that nobody used. %s"
                .formatted(
                        calls,
                        SavingsQuestion.sum(rows, "held"),
                        ranAway == 0
                                ? "No answer went beyond twice that, so a lower bound would have saved no money."
                                : "Saved is what %,d answers went beyond twice that, where a lower bound would have cut them."
                                        .formatted(ranAway));
    }

    private static List<Group> groups(SavingsQuestion question) throws StoreUnavailable {
        String sql =
                large(question)
                        + """
                        SELECT project, key, model, endpoint, price_id, count(*), sum(cost),
                            sum(excess)::BIGINT AS excess, sum(held)::BIGINT AS held, min(most),
                            min(max_tokens), max(output), %s
                        FROM large GROUP BY project, key, model, endpoint, price_id
                        ORDER BY excess DESC, held DESC, key, model, endpoint LIMIT %d
                        """
                                .formatted(
                                        SavingsQuestion.examples("output"),
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
                        "held",
                        "most",
                        "bound",
                        "longest",
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
                "%,d tokens or more were allowed; 99 of 100 answers take %,d, the longest took %,d; %,d tokens were held back."
                        .formatted(
                                row.number("bound"),
                                row.number("most"),
                                row.number("longest"),
                                row.number("held")),
                row.text("examples"),
                row.filter("project", "key", "model", "endpoint")
                        + "&"
                        + Row.filter("min_max_tokens", Long.toString(row.number("bound"))));
    }
}
