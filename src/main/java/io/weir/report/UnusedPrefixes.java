package io.weir.report;

import io.weir.call.Fingerprint;
import io.weir.prices.Rates;
import io.weir.report.Saving.Certainty;
import io.weir.report.Saving.Group;
import io.weir.report.SavingsQuestion.Row;
import io.weir.store.StoreUnavailable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prompts that begin like another of the last five minutes, and whose beginning was not read from
 * the provider's cache of prompts, or not as far as it is the same.
 */
final class UnusedPrefixes implements SavingsWay {
    private static final TokenWorth WORTH =
            (row, rates, saved) -> saved.plus(row.number("missing"), discount(rates));

    @Override
    public String word() {
        return "prompt-cache";
    }

    @Override
    public Saving find(SavingsQuestion question) throws StoreUnavailable {
        if (!Duplicates.hasFingerprints(question)) {
            return Saving.unknown(Duplicates.NO_FINGERPRINTS);
        }
        List<Row> rows =
                question
                        .sums(
                                missed(question)
                                        + """
                                        SELECT %1$s price_id, count(*), sum(cost), sum(missing)::BIGINT,
                                            count(*) FILTER (cache_read_tokens > 0)
                                        FROM missed GROUP BY %1$s price_id ORDER BY ALL
                                        """
                                                .formatted(question.byColumns()),
                                "price_id",
                                "calls",
                                "cost",
                                "missing",
                                "in_part")
                        .stream()
                        .filter(row -> isCheaper(question, row))
                        .toList();
        return new Saving(
                Certainty.ESTIMATE, WORTH.parts(question, rows), evidence(rows), groups(question));
    }

    /**
     * Providers keep beginnings of at least 1,024 tokens, in steps of 128, for five minutes at
     * least. A beginning's tokens are its part of the request's bytes, and never more than a
     * quarter of its bytes.
     */
    private static String missed(SavingsQuestion question) {
        return """
        WITH paid AS MATERIALIZED (%1$s),
        beginnings AS (
            SELECT id, received_at, project, upstream, model,
                unnest(prompt_beginnings) AS beginning,
                generate_subscripts(prompt_beginnings, 1) AS level
            FROM paid),
        followed AS (
            SELECT id, level, beginning, received_at - lag(received_at) OVER alike AS gap
            FROM beginnings
            WINDOW alike AS (
                PARTITION BY project, upstream, model, level, beginning ORDER BY received_at, id)),
        shared AS (
            SELECT id, max(level) AS level, arg_max(beginning, level) AS beginning
            FROM followed WHERE gap <= INTERVAL 5 MINUTE GROUP BY id),
        sized AS (
            SELECT paid.*, beginning, list_extract([%2$s], level) AS bytes,
                (least(input * bytes // request_bytes, bytes // 4) // 128 * 128)::BIGINT AS tokens
            FROM paid JOIN shared USING (id)),
        missed AS (
            SELECT *, tokens - cache_read_tokens AS missing FROM sized
            WHERE tokens >= 1024 AND tokens > cache_read_tokens)
        """
                .formatted(
                        question.calls(
                                "upstream, prompt_beginnings, request_bytes, cache_read_tokens, %s AS input"
                                        .formatted(Words.INPUT),
                                "len(prompt_beginnings) > 0 AND request_bytes > 0 AND "
                                        + SavingsQuestion.PAID),
                        IntStream.range(0, Fingerprint.MOST_BEGINNINGS)
                                .mapToObj(Fingerprint::bytes)
                                .map(bytes -> bytes + "::BIGINT")
                                .collect(Collectors.joining(", ")));
    }

    /** Not every model's cached input costs less. */
    private static boolean isCheaper(SavingsQuestion question, Row row) {
        return question.rates(row.text("price_id"))
                .filter(rates -> discount(rates) > 0)
                .isPresent();
    }

    private static long discount(Rates rates) {
        return Math.max(0, rates.input() - rates.cacheRead());
    }

    private static String evidence(List<Row> rows) {
        long calls = SavingsQuestion.sum(rows, "calls");
        return calls == 0
                ? "No prompt of 4 KB or more began like another of the five minutes before it without being read from the provider's cache."
                : "%,d prompts began like another of the five minutes before, and the provider read that from its cache only in part (%,d) or not at all: %,d tokens were paid in full. Put what changes last, and give calls that begin alike the same prompt_cache_key."
                        .formatted(
                                calls,
                                SavingsQuestion.sum(rows, "in_part"),
                                SavingsQuestion.sum(rows, "missing"));
    }

    private static List<Group> groups(SavingsQuestion question) throws StoreUnavailable {
        String sql =
                missed(question)
                        + """
                        SELECT beginning, string_agg(DISTINCT key, ', ' ORDER BY key), model, price_id,
                            count(*), sum(cost), sum(missing)::BIGINT AS missing, min(bytes), %s
                        FROM missed GROUP BY project, beginning, model, price_id
                        ORDER BY missing DESC, beginning LIMIT %d
                        """
                                .formatted(
                                        SavingsQuestion.examples("missing"),
                                        SavingsQuestion.MOST_GROUPS);
        return question
                .rows(
                        sql,
                        "beginning",
                        "keys",
                        "model",
                        "price_id",
                        "calls",
                        "cost",
                        "missing",
                        "bytes",
                        "examples")
                .stream()
                .filter(row -> isCheaper(question, row))
                .map(row -> group(question, row))
                .sorted(Comparator.comparingLong(Group::savedNanoUsd).reversed())
                .toList();
    }

    private static Group group(SavingsQuestion question, Row row) {
        return new Group(
                row.heading("model", "keys"),
                row.number("calls"),
                row.number("cost"),
                WORTH.nanoUsd(question, row),
                "The first %,d KB were the same as shortly before; %,d tokens were paid in full."
                        .formatted(row.number("bytes") / 1_024, row.number("missing")),
                row.text("examples"),
                Row.filter("beginning", Fingerprint.text(row.number("beginning"))));
    }
}
