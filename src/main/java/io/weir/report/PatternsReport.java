package io.weir.report;

import io.weir.report.TemplateMiner.Template;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What failed calls say: their messages without what varies, a row a pattern, the most frequent
 * first, with what to do about it.
 */
final class PatternsReport implements Report {
    /** The most frequent groups of messages that are alike but for words with digits in them. */
    private static final int MOST_GROUPS = 20_000;

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("pattern", Unit.SENTENCE),
                    new Column("error_type", Unit.TEXT),
                    new Column("error_code", Unit.TEXT),
                    new Column("status", Unit.NUMBER),
                    new Column("calls", Unit.CALLS),
                    new Column("share_of_errors", Unit.SHARE),
                    new Column("first_seen", Unit.TIME),
                    new Column("last_seen", Unit.TIME),
                    new Column("models", Unit.TEXT),
                    new Column("keys", Unit.TEXT),
                    new Column("example_message", Unit.SENTENCE),
                    new Column("example_call", Unit.TEXT),
                    new Column("advice", Unit.SENTENCE));

    private static final List<Column> GROUP =
            List.of(
                    new Column("error_type", Unit.TEXT),
                    new Column("error_code", Unit.TEXT),
                    new Column("status", Unit.NUMBER),
                    new Column("model", Unit.TEXT),
                    new Column("key", Unit.TEXT),
                    new Column("calls", Unit.CALLS),
                    new Column("first_seen", Unit.TIME),
                    new Column("last_seen", Unit.TIME),
                    new Column("message", Unit.TEXT),
                    new Column("example", Unit.TEXT),
                    new Column("errors_beside", Unit.CALLS),
                    new Column("errors", Unit.CALLS));

    @Override
    public String name() {
        return "patterns";
    }

    @Override
    public String summary() {
        return "What failed calls say: the patterns of their messages, whom they meet, and what to do about each.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        Condition condition = query.condition();
        List<Column> by = query.by().stream().map(Dimension::column).toList();
        Table groups =
                store.table(sql(query.by(), condition), condition.parameters(), joined(by, GROUP));
        return new Table(joined(by, COLUMNS), rows(query, groups), notes(groups));
    }

    /**
     * Messages that differ only in words with digits are one group, so that a request's id in each
     * of them does not make as many groups as there are calls. What looks the same by accident, a
     * model's name for instance, is told apart again by the columns beside it.
     */
    private static String sql(List<Dimension> by, Condition condition) {
        return """
        WITH failed AS (
            SELECT %1$s %2$s AS error, error_code, status, %3$s AS model, key_name, received_at, id,
                left(error_message, %4$d) AS message
            FROM calls WHERE %5$s AND %9$s)
        SELECT %6$s error, error_code, status, model, key_name, count(*) AS n,
            min(received_at), max(received_at) AS last_seen,
            arg_max(message, received_at), arg_max(id, received_at) AS example,
            sum(count(*)) OVER (%7$s), sum(count(*)) OVER ()
        FROM failed
        GROUP BY %6$s error, error_code, status, model, key_name,
            regexp_replace(message, '[\\w*./:-]*[0-9][\\w*./:-]*', '0', 'g')
        ORDER BY n DESC, last_seen DESC, example DESC LIMIT %8$d
        """
                .formatted(
                        by.stream()
                                .map(d -> d.sql() + " AS by_" + d.word() + ", ")
                                .collect(Collectors.joining()),
                        Words.ERROR,
                        Words.MODEL,
                        MessageMask.MAX_LENGTH,
                        condition.sql(),
                        by.stream().map(d -> "by_" + d.word() + ", ").collect(Collectors.joining()),
                        by.isEmpty()
                                ? ""
                                : "PARTITION BY "
                                        + by.stream()
                                                .map(d -> "by_" + d.word())
                                                .collect(Collectors.joining(", ")),
                        MOST_GROUPS,
                        Words.FAILED);
    }

    private static List<List<@Nullable Object>> rows(ReportQuery query, Table groups) {
        TemplateMiner miner = new TemplateMiner();
        Map<List<@Nullable Object>, ErrorPattern> patterns = new LinkedHashMap<>();
        int by = query.by().size();
        for (List<@Nullable Object> row : groups.rows()) {
            MessageGroup group = MessageGroup.of(row.subList(by, row.size()));
            Template template = miner.add(group.kind(), Objects.toString(group.message(), ""));
            List<@Nullable Object> key = new ArrayList<>(row.subList(0, by));
            key.add(group.kind());
            key.add(template);
            patterns.computeIfAbsent(
                            key, k -> new ErrorPattern(row.subList(0, by), template, group))
                    .add(group);
        }
        return patterns.values().stream()
                .sorted(ErrorPattern.order(query.by()))
                .map(ErrorPattern::row)
                .toList();
    }

    private static List<String> notes(Table groups) {
        if (groups.rows().size() < MOST_GROUPS) {
            return List.of();
        }
        long shown = 0;
        for (int row = 0; row < groups.rows().size(); row++) {
            shown += (Long) Objects.requireNonNull(groups.cell(row, "calls"));
        }
        return List.of(
                "%s of %s failed calls; the others have rarer messages: ask for a shorter time to see them."
                        .formatted(shown, groups.cell(0, "errors")));
    }

    private static List<Column> joined(List<Column> first, List<Column> then) {
        List<Column> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
