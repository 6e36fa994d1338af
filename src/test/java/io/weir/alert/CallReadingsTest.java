package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Cost;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallReadingsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir private Path directory;
    private CallStore store;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = Stores.open(directory);
        List<CallRecord> calls = new ArrayList<>();
        for (int minute = -36 * 60; minute < 36 * 60; minute++) {
            Instant at = NOON.plus(Duration.ofMinutes(minute));
            boolean bad = minute >= 60 && minute < 80;
            calls.add(
                    CallRecords.at(at, minute + 10_000)
                            .model("gpt-4o", null)
                            .latency(200, 190)
                            .outcome(bad ? "upstream_failed" : "completed", bad ? 502 : 200)
                            .cost(new Cost.Priced(10_000_000L, "p"))
                            .build());
        }
        store.append(calls, 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aRuleIsReadOfEachGroup() throws StoreUnavailable {
        Rule rule =
                Rules.rule(
                        "'metric': 'error_rate', 'above': '10%', 'by': ['model'], 'at_least': 1");
        Instant at = NOON.plus(Duration.ofMinutes(62));
        assertThat(new CallReadings(store).between(rule, at, at).get(at))
                .singleElement()
                .satisfies(reading -> {
                    assertThat(reading.group()).containsEntry("model", "gpt-4o");
                    assertThat(reading.value()).isCloseTo(0.4, within(1e-9));
                    assertThat(reading.calls()).isEqualTo(5);
                });
    }

    @Test
    void noCallsAreANoughtOfWhatIsAddedUp() throws StoreUnavailable {
        Rule rule = Rules.rule("'metric': 'calls', 'below': 1, 'where': {'model': 'none'}");
        assertThat(new CallReadings(store).between(rule, NOON, NOON).get(NOON))
                .singleElement()
                .satisfies(reading -> assertThat(rule.holds(reading)).isTrue());
        Rule rate = Rules.rule("'metric': 'error_rate', 'above': 0, 'where': {'model': 'none'}");
        assertThat(new CallReadings(store).between(rate, NOON, NOON).get(NOON)).isEmpty();
    }

    /** A call a minute at a cent: after midnight the day's budget is whole again. */
    @Test
    void aBudgetIsSpentUntilItsPeriodEnds() throws StoreUnavailable {
        Rule rule =
                Rules.rule(
                        "'metric': 'budget_share', 'above': '50%', 'budget': '$14.40', 'period': 'day'");
        SortedMap<Instant, List<Reading>> shares =
                new CallReadings(store).between(rule, NOON, NOON.plus(Duration.ofHours(24)));
        assertThat(shares).hasSize(289);
        shares.forEach((at, readings) -> {
            int minutes = Math.floorMod(at.getEpochSecond() / 60 - 1, 1_440) + 1;
            boolean midnight = minutes == 1_440;
            if (midnight) {
                return;
            }
            assertThat(readings).as("at %s", at).hasSize(1);
            assertThat(readings.getFirst().value())
                    .as("at %s", at)
                    .isCloseTo(minutes / 1_440.0, within(1e-9));
        });
    }

    @Test
    void thePastIsJudgedAsThePresentIs() throws StoreUnavailable {
        Rule rule =
                Rules.rule(
                        "'metric': 'error_rate', 'above': '50%', 'for': '2m', 'resolve_after': '1m', 'at_least': 1");
        Instant since = NOON.minus(Duration.ofHours(30));
        Instant until = NOON.plus(Duration.ofHours(30));
        CallReadings readings = new CallReadings(store);
        Backtest backtest = Backtest.of(rule, readings, since, until);
        RuleWatch watch = new RuleWatch(rule, List.of());
        List<Instant> fired = new ArrayList<>();
        List<Instant> ended = new ArrayList<>();
        for (Instant at = NOON.plus(Duration.ofMinutes(50));
                at.isBefore(NOON.plus(Duration.ofMinutes(100)));
                at = at.plus(rule.step())) {
            RuleWatch.Change change =
                    watch.step(at, readings.between(rule, at, at).getOrDefault(at, List.of()));
            for (Cell cell : change.fired()) {
                fired.add(cell.since());
            }
            if (!change.ended().isEmpty()) {
                ended.add(at);
            }
        }
        assertThat(backtest.alerts())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(fired).containsExactly(alert.since());
                    assertThat(ended).containsExactly(alert.until());
                    assertThat(alert.value()).isEqualTo(1);
                });
        assertThat(backtest.looked()).isEqualTo(7_200);
        assertThat(backtest.incidents()).isEqualTo(1);
    }
}
