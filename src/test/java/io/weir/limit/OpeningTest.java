package io.weir.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A budget begins while calls end; each counts once, in whatever order things happen. */
class OpeningTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final int CALLS = 3;
    private static final List<String> BUDGET = List.of("register", "begin", "read", "opened");

    /** One order of things. */
    private static final class Story {
        private final Limiter limiter = new Limiter(() -> 0, () -> NOW, Duration.ofHours(1), true);
        private final List<Integer> ledger = new ArrayList<>();
        private List<Budget> begun = List.of();
        private Period.Span span = new Period.Span(NOW, NOW);
        private long through;
        private long sum;

        void happen(String step) {
            char number = step.charAt(step.length() - 1);
            switch (step.substring(0, 4)) {
                case "regi" ->
                        begun =
                                limiter.rules(
                                        List.of(),
                                        List.of(
                                                LimiterTest.budget(
                                                        "b",
                                                        Which.ALL,
                                                        10_000,
                                                        Period.MONTH,
                                                        BudgetRule.Mode.HARD)));
                case "begi" -> span = begun.getFirst().begin(NOW);
                case "read" -> {
                    through = ledger.size();
                    sum = ledger.stream().mapToLong(OpeningTest::cost).sum();
                }
                case "open" ->
                        assertThat(
                                        begun.getFirst()
                                                .opened(
                                                        span,
                                                        through,
                                                        Map.of(Slot.ALL, new Budget.Sum(sum, 0))))
                                .isTrue();
                case "rese" ->
                        limiter.reserve(
                                new Asked(
                                        LimiterTest.call(number),
                                        LimiterTest.caller("a"),
                                        NOW,
                                        1,
                                        5_000,
                                        false));
                case "reco" -> ledger.add(number - '0');
                default ->
                        limiter.ended(
                                LimiterTest.call(number),
                                new Spending(
                                        ledger.indexOf(number - '0') + 1,
                                        LimiterTest.caller("a"),
                                        NOW,
                                        cost(number - '0')),
                                1);
            }
        }
    }

    @Test
    void eachCallCountsOnceInEveryOrderOfThings() {
        List<List<String>> tracks = new ArrayList<>();
        tracks.add(BUDGET);
        for (int call = 0; call < CALLS; call++) {
            tracks.add(List.of("recorded " + call, "told " + call));
        }
        int[] orders = {0};
        interleave(tracks, new int[tracks.size()], new ArrayList<>(), orders);
        System.out.printf("opening: %,d orders, each exact%n", orders[0]);
        assertThat(orders[0]).isEqualTo(18_900);
    }

    @Test
    void whatIsReservedMeanwhileIsGivenBackInEveryOrder() {
        List<List<String>> tracks = List.of(BUDGET, List.of("reserve 1", "recorded 1", "told 1"));
        int[] orders = {0};
        interleave(tracks, new int[tracks.size()], new ArrayList<>(), orders);
        assertThat(orders[0]).isEqualTo(35);
    }

    @Test
    void aHardBudgetThatIsNotKnownRefuses() {
        Story story = new Story();
        story.happen("register");
        Asked asked = new Asked(LimiterTest.call(1), LimiterTest.caller("a"), NOW, 1, 1, false);
        assertThat(story.limiter.reserve(asked))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        no -> assertThat(no.reason()).isEqualTo(Decision.Reason.BUDGET_UNKNOWN));
        BUDGET.stream().skip(1).forEach(story::happen);
        assertThat(story.limiter.reserve(asked)).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aPeriodThatBeginsWhileTheLedgerIsAskedCountsItsOwnCalls() {
        Story story = new Story();
        story.happen("register");
        story.happen("begin");
        Instant next = story.span.until();
        story.limiter.ended(
                LimiterTest.call(1), new Spending(1, LimiterTest.caller("a"), next, 90), 1);
        story.happen("recorded 1");
        story.through = 1;
        story.happen("opened");
        Budget.Standing standing = story.begun.getFirst().standings(next).getFirst();
        assertThat(standing.span().from()).isEqualTo(next);
        assertThat(standing.spent()).isEqualTo(90);
    }

    @Test
    void aCallThatCouldNotBeRecordedCountsAllTheSame() {
        Story story = new Story();
        story.happen("register");
        story.limiter.ended(
                LimiterTest.call(1), new Spending(-1, LimiterTest.caller("a"), NOW, 42), 1);
        BUDGET.stream().skip(1).forEach(story::happen);
        assertThat(story.limiter.budgetStandings().getFirst().spent()).isEqualTo(42);
    }

    private static void interleave(
            List<List<String>> tracks, int[] at, List<String> order, int[] orders) {
        boolean over = true;
        for (int track = 0; track < tracks.size(); track++) {
            if (at[track] < tracks.get(track).size()) {
                over = false;
                order.add(tracks.get(track).get(at[track]++));
                interleave(tracks, at, order, orders);
                order.removeLast();
                at[track]--;
            }
        }
        if (over) {
            orders[0]++;
            Story story = new Story();
            order.forEach(story::happen);
            long due = story.ledger.stream().mapToLong(OpeningTest::cost).sum();
            assertThat(story.limiter.budgetStandings())
                    .as(order.toString())
                    .singleElement()
                    .satisfies(it -> {
                        assertThat(it.spent()).isEqualTo(due);
                        assertThat(it.reserved()).isZero();
                    });
        }
    }

    private static long cost(int call) {
        return List.of(1L, 20L, 300L).get(call);
    }
}
