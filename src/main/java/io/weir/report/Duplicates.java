package io.weir.report;

import io.weir.call.Fingerprint;
import io.weir.report.Saving.Certainty;
import io.weir.report.Saving.Group;
import io.weir.report.Saving.Part;
import io.weir.report.SavingsQuestion.Row;
import io.weir.store.StoreUnavailable;
import java.util.List;

/** Requests that had been answered before, word for word: all answers but the first. */
final class Duplicates implements SavingsWay {
    static final String NO_FINGERPRINTS =
            "None of these calls has a fingerprint of its request: they are older than fingerprints, or capture.level is none.";

    @Override
    public String word() {
        return "duplicates";
    }

    @Override
    public Saving find(SavingsQuestion question) throws StoreUnavailable {
        if (!hasFingerprints(question)) {
            return Saving.unknown(NO_FINGERPRINTS);
        }
        String by = question.byColumns();
        List<Row> rows =
                question.sums(
                        numbered(question)
                                + """
                                SELECT %1$s count(*), sum(cost), count(*) FILTER (nth = 2),
                                    count(*) FILTER (gap <= INTERVAL 1 HOUR)
                                FROM numbered WHERE nth > 1 GROUP BY %1$s ()
                                """
                                        .formatted(by),
                        "calls",
                        "cost",
                        "requests",
                        "soon");
        return new Saving(
                Certainty.EXACT,
                rows.stream().map(row -> part(question, row)).toList(),
                evidence(rows),
                groups(question));
    }

    private static Part part(SavingsQuestion question, Row row) {
        long cost = row.number("cost");
        return new Part(question.by(row), row.number("calls"), cost, cost);
    }

    /** Whether any call can be known by its request. */
    static boolean hasFingerprints(SavingsQuestion question) throws StoreUnavailable {
        return !question.rows(
                        "SELECT 1 FROM ("
                                + question.calls("1", "request_fingerprint IS NOT NULL")
                                + ") LIMIT 1",
                        "one")
                .isEmpty();
    }

    /** Each call with how many equal ones came before it, and how long before. */
    private static String numbered(SavingsQuestion question) {
        return """
        WITH paid AS (%s),
        numbered AS (
            SELECT *, row_number() OVER equal AS nth, received_at - lag(received_at) OVER equal AS gap
            FROM paid
            WINDOW equal AS (PARTITION BY project, request_fingerprint ORDER BY received_at, id))
        """
                .formatted(
                        question.calls(
                                "request_fingerprint",
                                "request_fingerprint IS NOT NULL AND " + SavingsQuestion.PAID));
    }

    private static String evidence(List<Row> rows) {
        long calls = SavingsQuestion.sum(rows, "calls");
        return calls == 0
                ? "No request was answered twice."
                : "%,d answers to %,d requests that had been answered before, %,d of them within an hour. Where one answer does for all, the cache of answers gives it: cache.enabled."
                        .formatted(
                                calls,
                                SavingsQuestion.sum(rows, "requests"),
                                SavingsQuestion.sum(rows, "soon"));
    }

    private static List<Group> groups(SavingsQuestion question) throws StoreUnavailable {
        String sql =
                numbered(question)
                        + """
                        SELECT request_fingerprint, string_agg(DISTINCT key, ', ' ORDER BY key),
                            any_value(model), count(*) AS calls, sum(cost) AS cost,
                            sum(cost) FILTER (nth > 1) AS saved, %s
                        FROM numbered GROUP BY project, request_fingerprint HAVING count(*) > 1
                        ORDER BY saved DESC, request_fingerprint LIMIT %d
                        """
                                .formatted(
                                        SavingsQuestion.examples("received_at"),
                                        SavingsQuestion.MOST_GROUPS);
        return question
                .rows(sql, "fingerprint", "keys", "model", "calls", "cost", "saved", "examples")
                .stream()
                .map(Duplicates::group)
                .toList();
    }

    private static Group group(Row row) {
        String fingerprint = Fingerprint.text(row.number("fingerprint"));
        return new Group(
                row.heading("model", "keys"),
                row.number("calls"),
                row.number("cost"),
                row.number("saved"),
                "The same request %,d times.".formatted(row.number("calls")),
                row.text("examples"),
                Row.filter("fingerprint", fingerprint));
    }
}
