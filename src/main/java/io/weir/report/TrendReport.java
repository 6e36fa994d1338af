package io.weir.report;

import static java.util.stream.Collectors.joining;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * How the figures go over time, a row a step and group. Where the calls are many or gone it reads
 * their sums by five minutes, and its percentiles are then at most 2.5 % beside.
 */
final class TrendReport implements Report {
    private static final List<Measure> MEASURES =
            List.of(
                    Measure.CALLS,
                    Measures.ERRORS,
                    Measures.ERROR_RATE,
                    Measures.P50_MS,
                    Measures.P95_MS,
                    Measures.P99_MS,
                    Latencies.FIRST_TOKEN_P95_MS,
                    Measures.INPUT_TOKENS.named("total_input_tokens"),
                    Measures.OUTPUT_TOKENS.named("total_output_tokens"),
                    Measures.COST);

    @Override
    public String name() {
        return "trend";
    }

    @Override
    public String summary() {
        return "How calls, errors, latency, tokens and cost go over time, by --step 5m, 1h or 1d; long times from sums of five minutes.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        Step step = query.step() == null ? fitting(query) : query.step();
        ReportQuery whole = query.beginning(step.start(query.since()));
        Source source = Source.fitting(whole, List.of(), store);
        List<GroupKey> keys = new ArrayList<>();
        keys.add(
                new GroupKey(
                        "step", "time_bucket(%s, received_at)".formatted(step.sql()), List.of()));
        query.by().forEach(dimension -> keys.add(GroupKey.of(dimension)));
        GroupedFigures figures = new GroupedFigures(source, keys, MEASURES, whole.condition());
        String names = query.by().stream().map(it -> ", by_" + it.word()).collect(joining());
        String sql =
                "SELECT step%1$s, %2$s, '%3$s' FROM %4$s ORDER BY step, its_calls DESC%1$s"
                        .formatted(
                                names,
                                MEASURES.stream().map(Measure::alias).collect(joining(", ")),
                                source.relation(),
                                figures.sql());
        return store.table(sql, figures.parameters(), columns(query));
    }

    private static List<Column> columns(ReportQuery query) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("time", Unit.TIME));
        query.by().forEach(dimension -> columns.add(dimension.column()));
        MEASURES.forEach(measure -> columns.add(measure.column()));
        columns.add(new Column("source", Unit.TEXT));
        return columns;
    }

    private static Step fitting(ReportQuery query) {
        return Step.fitting(query.since(), query.until());
    }
}
