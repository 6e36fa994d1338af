package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often the semantic cache gives a wrong answer, by how much alike questions are: of those
 * whose answer was asked for all the same, how many got another. A threshold at which none do is
 * high enough.
 */
final class FalseHitsReport implements Report {
    /** Answers less alike than this, in parts per million, say something else. */
    private static final int ALIKE_ANSWERS_PPM = 800_000;

    /** A step of a hundredth, in parts per million. */
    private static final int STEP_PPM = 10_000;

    /** Standard deviations within which 95 of 100 lie. */
    private static final double WITHIN = 1.96;

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("likeness_from", Unit.TEXT),
                    new Column("hits", Unit.CALLS),
                    new Column("saved_nano_usd", Unit.NANO_USD),
                    new Column("checked", Unit.CALLS),
                    new Column("other_answers", Unit.CALLS),
                    new Column("false_share", Unit.SHARE),
                    new Column("false_at_most", Unit.SHARE),
                    new Column("example_calls", Unit.SENTENCE));

    private static final List<Column> FOUND =
            List.of(
                    new Column("step", Unit.NUMBER),
                    new Column("hits", Unit.CALLS),
                    new Column("saved", Unit.NANO_USD),
                    new Column("checked", Unit.CALLS),
                    new Column("unlike", Unit.CALLS),
                    new Column("examples", Unit.TEXT));

    @Override
    public String name() {
        return "false-hits";
    }

    @Override
    public String summary() {
        return "How often the semantic cache would have given a wrong answer, by how much alike the questions were.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        Condition condition = query.condition();
        Table found =
                store.table(
                        """
                        WITH alike AS (
                            SELECT id, cache_call, cache_likeness_ppm // %1$d AS step, cache = 'hit' AS hit,
                                cache_saved_nano_usd AS saved, cache_answer_likeness_ppm AS answer
                            FROM calls WHERE cache_likeness_ppm IS NOT NULL AND %2$s)
                        SELECT step, count(*) FILTER (hit), coalesce(sum(saved), 0), count(answer),
                            count(*) FILTER (answer < %3$d),
                            array_to_string(
                                min_by(id || ' and ' || cache_call, answer, 3) FILTER (answer < %3$d), ', ')
                        FROM alike WHERE hit OR answer IS NOT NULL GROUP BY step ORDER BY step DESC
                        """
                                .formatted(STEP_PPM, condition.sql(), ALIKE_ANSWERS_PPM),
                        condition.parameters(),
                        FOUND);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < found.rows().size(); row++) {
            rows.add(row(found, row));
        }
        return new Table(COLUMNS, rows, notes(found));
    }

    private static List<@Nullable Object> row(Table found, int row) {
        long checked = number(found, row, "checked");
        long unlike = number(found, row, "unlike");
        return Arrays.asList(
                "%.2f".formatted((double) number(found, row, "step") * STEP_PPM / 1e6),
                number(found, row, "hits"),
                number(found, row, "saved"),
                checked,
                unlike,
                checked == 0 ? null : (double) unlike / checked,
                checked == 0 ? null : atMost(unlike, checked),
                found.cell(row, "examples"));
    }

    /** The upper end of Wilson's interval, which holds for few trials and for none that hit. */
    static double atMost(long hits, long trials) {
        double share = (double) hits / trials;
        double square = WITHIN * WITHIN;
        double spread =
                WITHIN * Math.sqrt(share * (1 - share) / trials + square / (4.0 * trials * trials));
        return (share + square / (2 * trials) + spread) / (1 + square / trials);
    }

    private static List<String> notes(Table found) {
        if (found.rows().isEmpty()) {
            return List.of(
                    "No question of this time meant the same as an earlier one: the semantic cache is off unless cache.semantic.enabled is true.");
        }
        long checked = 0;
        for (int row = 0; row < found.rows().size(); row++) {
            checked += number(found, row, "checked");
        }
        return List.of(
                checked == 0
                        ? "None of these was asked for all the same, so nothing is known of false ones: cache.semantic.check_share says how many are."
                        : "Other answers are those less alike than 0.8, or with other numbers: a provider may word an answer otherwise each time, so look at the examples, a call and the one whose answer it would have got. False at most says what the share is, 95 times of 100.");
    }

    private static long number(Table table, int row, String column) {
        return table.cell(row, column) instanceof Long number ? number : 0;
    }
}
