package io.weir.report;

import io.weir.report.Saving.Certainty;
import io.weir.report.Saving.Group;
import io.weir.report.Saving.Part;
import io.weir.report.SavingsQuestion.Row;
import io.weir.store.StoreUnavailable;
import java.util.List;

/**
 * Answers that nobody got whole, and that were asked for again: the provider was paid for both. A
 * try that the provider itself refused has cost nothing.
 */
final class LostAnswers implements SavingsWay {
    @Override
    public String word() {
        return "retries";
    }

    @Override
    public Saving find(SavingsQuestion question) throws StoreUnavailable {
        if (!Duplicates.hasFingerprints(question)) {
            return Saving.unknown(Duplicates.NO_FINGERPRINTS);
        }
        List<Row> rows =
                question.sums(
                        lost(question)
                                + """
                                SELECT %1$s count(*), sum(cost), count(*) FILTER (next_retry > 0)
                                FROM lost GROUP BY %1$s ()
                                """
                                        .formatted(question.byColumns()),
                        "calls",
                        "cost",
                        "by_client");
        List<Part> parts = rows.stream().map(row -> part(question, row)).toList();
        return new Saving(Certainty.EXACT, parts, evidence(rows), groups(question));
    }

    private static String lost(SavingsQuestion question) {
        return """
        WITH asked AS (%s),
        followed AS (
            SELECT *, lead(received_at) OVER equal - received_at AS gap,
                lead(client_retry) OVER equal AS next_retry
            FROM asked
            WINDOW equal AS (PARTITION BY project, request_fingerprint ORDER BY received_at, id)),
        lost AS (
            SELECT * FROM followed
            WHERE outcome <> 'completed' AND cost > 0 AND gap <= INTERVAL 10 MINUTE)
        """
                .formatted(
                        question.calls(
                                "request_fingerprint, client_retry, outcome",
                                "request_fingerprint IS NOT NULL AND outcome <> 'refused'"));
    }

    private static Part part(SavingsQuestion question, Row row) {
        long cost = row.number("cost");
        return new Part(question.by(row), row.number("calls"), cost, cost);
    }

    private static String evidence(List<Row> rows) {
        long calls = SavingsQuestion.sum(rows, "calls");
        return calls == 0
                ? "No call that was paid for and not delivered was asked again."
                : "%,d calls were paid for, not delivered whole, and asked again within 10 minutes, %,d of them by the client library's own retry. Give clients a longer time-out, or let them stream."
                        .formatted(calls, SavingsQuestion.sum(rows, "by_client"));
    }

    private static List<Group> groups(SavingsQuestion question) throws StoreUnavailable {
        String sql =
                lost(question)
                        + """
                        SELECT key, model, outcome, count(*), sum(cost) AS cost,
                            count(*) FILTER (next_retry > 0), %s
                        FROM lost GROUP BY key, model, outcome
                        ORDER BY cost DESC, key, model, outcome LIMIT %d
                        """
                                .formatted(
                                        SavingsQuestion.examples("cost"),
                                        SavingsQuestion.MOST_GROUPS);
        return question
                .rows(sql, "key", "model", "outcome", "calls", "cost", "by_client", "examples")
                .stream()
                .map(LostAnswers::group)
                .toList();
    }

    private static Group group(Row row) {
        return new Group(
                row.heading("model", "key", "outcome"),
                row.number("calls"),
                row.number("cost"),
                row.number("cost"),
                "%,d asked again, %,d by the client library."
                        .formatted(row.number("calls"), row.number("by_client")),
                row.text("examples"),
                row.filter("key", "model", "outcome"));
    }
}
