package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Cost;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import io.weir.wire.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hours of a call every three seconds: three models and four keys in turn, every fiftieth call
 * fails, and what each test adds to the second hour.
 */
class WhyReportTest {
    private static final Instant START = Instant.parse("2026-11-22T01:00:00Z");
    private static final int AN_HOUR = 1_200;
    private static final ReportQuery SECOND_HOUR =
            ReportQuery.of(START.plusSeconds(3_600), START.plusSeconds(7_200));

    private final WhyReport report = new WhyReport();
    private CallStore store;

    @BeforeEach
    void open(@TempDir Path directory) throws StoreUnavailable {
        store = Stores.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void saysThatNothingStandsOut() throws StoreUnavailable, IOException {
        store(i -> false, i -> false);
        Golden.assertMatches("why-nothing.txt", TableText.of(report.run(SECOND_HOUR, store)));
    }

    @Test
    void saysSoWithoutAnyCallToo() throws StoreUnavailable {
        Table table = report.run(SECOND_HOUR, store);
        assertThat(table.rows()).isEmpty();
        assertThat(table.notes()).hasSize(3).allMatch(note -> note.contains("0 calls"));
    }

    @Test
    void readsLikeThis() throws StoreUnavailable, IOException {
        store(i -> i % 3 == 1 && i % 2 == 0, i -> i % 4 == 2 && i % 5 != 0);
        Golden.assertMatches("why-two.txt", TableText.of(report.run(SECOND_HOUR, store)));
    }

    @Test
    void namesAPairWhereNeitherAloneTellsAsMuch() throws StoreUnavailable {
        store(i -> false, i -> i % 3 == 1 && i % 4 == 2);
        Table table = report.run(asking(Trouble.FAILED), store);
        assertThat(table.rows()).hasSize(1);
        assertThat(table.cell(0, "attribute")).isEqualTo("model × key");
        assertThat(table.cell(0, "value")).isEqualTo("model 1 × key 2");
        assertThat(table.cell(0, "rate")).isEqualTo(1.0);
    }

    @Test
    void namesTheTimeSinceWhenACauseIsThere() throws StoreUnavailable {
        store(i -> false, i -> i % 3 == 1 && i >= AN_HOUR / 2);
        Table table = report.run(asking(Trouble.FAILED), store);
        assertThat(table.cell(0, "attribute")).isEqualTo("model × hour");
        assertThat(table.cell(0, "value")).isEqualTo("model 1 × since 2026-11-22T02:30:00Z");
    }

    @Test
    void saysSoWhenEveryCallIsAffectedAlike() throws StoreUnavailable {
        store(i -> i % 5 != 0, i -> false);
        Table table = report.run(asking(Trouble.SLOW), store);
        assertThat(table.cell(0, "attribute")).isEqualTo("all");
        assertThat(table.cell(0, "reads")).asString().startsWith("every call alike: 81 % slow");
    }

    @Test
    void namesTheErrorWhereNothingElseTellsFailuresApart() throws StoreUnavailable {
        store(i -> false, i -> i % 7 == 3);
        Table table = report.run(asking(Trouble.FAILED), store);
        assertThat(table.cell(0, "attribute")).asString().isIn("status", "error");
        assertThat((Double) table.cell(0, "explains")).isGreaterThan(0.95);
    }

    @Test
    void findsWhoSpendsMore() throws StoreUnavailable {
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 2 * AN_HOUR; i++) {
            boolean dear = i >= AN_HOUR && i % 4 == 3;
            calls.add(call(i).cost(new Cost.Priced(dear ? 9_000 + i : 2_000 + i, "p")).build());
        }
        store.append(calls, calls.size());
        Table table = report.run(asking(Trouble.COSTLY), store);
        assertThat(table.rows()).hasSize(1);
        assertThat(table.cell(0, "value")).isEqualTo("key 3");
        assertThat(table.cell(0, "cost_per_call_nano_usd")).isEqualTo(10_801L);
        assertThat(table.cell(0, "bad_calls")).isNull();
        assertThat(table.cell(0, "reads")).asString().contains("of the rise in spend");
    }

    @Test
    void looksAtAPartOfManyCallsAndAtAllThatFailed() throws StoreUnavailable {
        store(i -> i % 4 == 2 && i % 5 != 0, i -> i % 3 == 1 && i % 2 == 0);
        Table all = report.run(asking(Trouble.FAILED), store);
        Table some = new WhyReport(600).run(asking(Trouble.FAILED), store);
        assertThat(some.notes()).hasSize(2);
        assertThat(some.notes().getLast()).contains("every failed one", "of the others one in 7");
        assertThat(some.cell(0, "value")).isEqualTo(all.cell(0, "value"));
        assertThat(some.cell(0, "bad_calls")).isEqualTo(all.cell(0, "bad_calls"));
        assertThat((Long) some.cell(0, "calls"))
                .isCloseTo((Long) all.cell(0, "calls"), withinPercentage(15));
        Table slow = new WhyReport(600).run(asking(Trouble.SLOW), store);
        assertThat(slow.cell(0, "value")).isEqualTo("key 2");
        assertThat((Long) slow.cell(0, "calls")).isCloseTo(300L, withinPercentage(25));
        assertThat((Double) slow.cell(0, "rate")).isCloseTo(0.8, within(0.12));
    }

    @Test
    void looksAtEveryCallWhereThereAreFew() throws StoreUnavailable {
        store(i -> false, i -> i % 3 == 1);
        Table all = new WhyReport(2_400).run(SECOND_HOUR, store);
        assertThat(all).isEqualTo(report.run(SECOND_HOUR, store));
        assertThat(all.notes()).hasSize(3);
    }

    @Test
    void namesAModelThatHasAlwaysFailedAndIsNowAskedForMoreOften() throws StoreUnavailable {
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 2 * AN_HOUR; i++) {
            boolean broken = i % (i < AN_HOUR ? 60 : 6) == 5;
            CallRecords call = call(i).model(broken ? "broken" : "model " + i % 3, null);
            if (broken) {
                call.outcome("completed", 404).error("not_found_error", "model_not_found", "no");
            }
            calls.add(call.build());
        }
        store.append(calls, calls.size());
        Table table = report.run(asking(Trouble.FAILED), store);
        assertThat(table.cell(0, "value")).isEqualTo("broken");
        assertThat(table.cell(0, "reads")).asString().contains("200 calls instead of 20");
    }

    @Test
    void regardsItsFilterAndLooksOnlyWhereItIsTold() throws StoreUnavailable {
        store(i -> false, i -> i % 3 == 1);
        ReportQuery others =
                new ReportQuery(
                        SECOND_HOUR.since(),
                        SECOND_HOUR.until(),
                        List.of(),
                        CallFilter.ALL.model("model 2"));
        assertThat(report.run(others, store).rows()).isEmpty();
        Table byModel = report.run(asking(Trouble.FAILED).by(Dimension.MODEL), store);
        assertThat(byModel.cell(0, "value")).isEqualTo("model 1");
        Table byKey = report.run(asking(Trouble.FAILED).by(Dimension.KEY), store);
        assertThat(byKey.rows()).hasSize(1);
        assertThat(byKey.cell(0, "attribute")).isEqualTo("all");
    }

    @Test
    void setsItsTimeAgainstTheOneThatIsSaid() throws StoreUnavailable {
        store(i -> false, i -> i % 3 == 1);
        Span second = new Span(SECOND_HOUR.since(), SECOND_HOUR.until());
        ReportQuery firstAgainstSecond =
                new ReportQuery(START, SECOND_HOUR.since(), List.of(), CallFilter.ALL)
                        .against(new Contrast(Optional.of(second), List.of(Trouble.FAILED)));
        assertThat(report.run(firstAgainstSecond, store).rows()).isEmpty();
        ReportQuery overlapping =
                new ReportQuery(START, SECOND_HOUR.until(), List.of(), CallFilter.ALL)
                        .against(new Contrast(Optional.of(second), List.of(Trouble.FAILED)));
        assertThatThrownBy(() -> report.run(overlapping, store)).hasMessageContaining("overlap");
    }

    @Test
    void knowsItsTroubles() {
        assertThat(Trouble.list("costly, slow")).containsExactly(Trouble.COSTLY, Trouble.SLOW);
        assertThatThrownBy(() -> Trouble.list("late"))
                .hasMessageContaining("slow, failed or costly");
        assertThatThrownBy(() -> new Contrast(Optional.empty(), List.of()))
                .hasMessageContaining("slow, failed or costly");
    }

    private static ReportQuery asking(Trouble trouble) {
        return new ReportQuery(SECOND_HOUR.since(), SECOND_HOUR.until(), List.of(), CallFilter.ALL)
                .against(new Contrast(Optional.empty(), List.of(trouble)));
    }

    /** Both conditions are on the number of a call within the second hour. */
    private void store(IntPredicate slow, IntPredicate failed) throws StoreUnavailable {
        List<CallRecord> calls =
                IntStream.range(0, 2 * AN_HOUR)
                        .mapToObj(i -> {
                            boolean second = i >= AN_HOUR;
                            CallRecords call = call(i);
                            if (second && slow.test(i - AN_HOUR)) {
                                call.latency(5_000, 4_990);
                            }
                            if (i % 50 == 7 || (second && failed.test(i - AN_HOUR))) {
                                call.outcome("completed", 500)
                                        .error("server_error", null, "It broke.");
                            }
                            return call.build();
                        })
                        .toList();
        store.append(calls, calls.size());
    }

    private static CallRecords call(int number) {
        int ofItsHour = number % AN_HOUR;
        long ms = 100 + (number * 7_919L) % 400;
        return CallRecords.at(START.plus(Duration.ofSeconds(3L * number)), number)
                .model("model " + ofItsHour % 3, null)
                .key("id " + ofItsHour % 4, "key " + ofItsHour % 4, "project")
                .latency(ms, ms - 1);
    }
}
