package io.weir.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Principal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimiterTest {
    private static final Instant START = Instant.parse("2026-10-24T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final Duration LONGEST = Duration.ofDays(10_000);

    private final Map<UUID, Asked> all = new HashMap<>();

    private long nanos;
    private final Limiter limiter = new Limiter(() -> nanos, this::now, LONGEST, true);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void decidesAsTheSlowModelDoes(long seed) {
        Random random = new Random(seed);
        SlowLimits slow = new SlowLimits();
        List<LimitRule> limits = randomLimits(random);
        List<BudgetRule> budgets = randomBudgets(random);
        rules(limits, budgets);
        slow.rules(limits, budgets);
        int refused = 0;
        for (int step = 0; step < 1_500; step++) {
            nanos += random.nextInt(4) == 0 ? (long) (random.nextDouble() * 20e9) : 0;
            nanos += random.nextInt(200) == 0 ? Duration.ofHours(random.nextInt(30)).toNanos() : 0;
            if (random.nextInt(3) > 0) {
                Asked asked = randomCall(random, step);
                String expected = slow.reserve(asked, nanos, now());
                Decision decision = limiter.reserve(asked);
                String found = decision instanceof Decision.Refused no ? no.rule() : "";
                assertThat(found).as("seed %d step %d %s", seed, step, asked).isEqualTo(expected);
                refused += expected.isEmpty() ? 0 : 1;
            } else if (!slow.open().isEmpty()) {
                List<UUID> open = List.copyOf(slow.open());
                UUID call = open.get(random.nextInt(open.size()));
                end(random, slow, call, step);
            }
            if (random.nextInt(50) == 0) {
                limiter.sweep();
            }
            assertStandings(slow, budgets, seed, step);
        }
        assertThat(refused).as("refusals of seed %d", seed).isPositive();
        for (UUID call : slow.open()) {
            end(random, slow, call, 9_999);
        }
        assertThat(limiter.open().calls()).isZero();
        assertThat(limiter.open().reserved()).isZero();
        assertThat(limiter.limitStandings()).allMatch(standing -> standing.parallel() == 0);
    }

    @Test
    void moreThanAWholePeriodAllowsIsNeverAllowed() {
        rules(List.of(limit("l", Which.ALL, Measure.TOKENS_PER_MINUTE, 100)), List.of());
        assertThat(limiter.reserve(asked(1, "a", 101, 0)))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        no -> assertThat(no.reason()).isEqualTo(Decision.Reason.TOO_LARGE));
        assertThat(limiter.reserve(asked(2, "a", 100, 0))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aRefusalSaysWhenItIsWorthWhileToTryAgainAndThenItIs() {
        rules(List.of(limit("l", Which.ALL, Measure.REQUESTS_PER_MINUTE, 60)), List.of());
        for (int i = 0; i < 60; i++) {
            assertThat(limiter.reserve(asked(i, "a", 1, 0))).isInstanceOf(Decision.Admitted.class);
        }
        Decision.Refused no = (Decision.Refused) limiter.reserve(asked(60, "a", 1, 0));
        assertThat(no.after()).isEqualTo(Duration.ofSeconds(1));
        nanos += no.after().toNanos() - 1;
        assertThat(limiter.reserve(asked(61, "a", 1, 0))).isInstanceOf(Decision.Refused.class);
        nanos += 1;
        assertThat(limiter.reserve(asked(62, "a", 1, 0))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void whatTimeHasGivenBackIsNotGivenBackAgain() {
        rules(List.of(limit("l", Which.ALL, Measure.TOKENS_PER_MINUTE, 1_000)), List.of());
        limiter.reserve(asked(1, "a", 1_000, 0));
        nanos += Duration.ofSeconds(30).toNanos();
        assertThat(limiter.reserve(asked(2, "a", 500, 0))).isInstanceOf(Decision.Admitted.class);
        limiter.released(call(1), 0);
        assertThat(limiter.reserve(asked(3, "a", 501, 0))).isInstanceOf(Decision.Refused.class);
        assertThat(limiter.reserve(asked(4, "a", 500, 0))).isInstanceOf(Decision.Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 11, 13, 59, 61, 997})
    void allOfAPeriodsAllowanceIsThereAtOnceAndNoMore(long allowance) {
        rules(List.of(limit("l", Which.ALL, Measure.REQUESTS_PER_MINUTE, allowance)), List.of());
        int made = 0;
        while (limiter.reserve(asked(made, "a", 1, 0)) instanceof Decision.Admitted) {
            made++;
        }
        assertThat(made).isEqualTo((int) allowance);
    }

    @Test
    void whatIsLeftIsToldOfTheTightestLimit() {
        rules(
                List.of(
                        limit("wide", Which.ALL, Measure.REQUESTS_PER_MINUTE, 600),
                        limit("narrow", Which.ALL, Measure.REQUESTS_PER_DAY, 10),
                        limit("tokens", Which.ALL, Measure.TOKENS_PER_MINUTE, 6_000)),
                List.of());
        Decision.Admitted yes = (Decision.Admitted) limiter.reserve(asked(1, "a", 1_000, 0));
        assertThat(yes.quota().requests())
                .isEqualTo(new Quota.Left(10, 9, Duration.ofHours(24).dividedBy(10).toNanos()));
        assertThat(yes.quota().tokens())
                .isEqualTo(new Quota.Left(6_000, 5_000, Duration.ofSeconds(10).toNanos()));
    }

    @Test
    void aCallThatOneRuleRefusesTakesNothingOfTheOthers() {
        Which own = new Which(Map.of(Dimension.KEY, "key_a"), Set.of());
        rules(
                List.of(
                        limit("own", own, Measure.REQUESTS_PER_MINUTE, 60),
                        limit("all", Which.ALL, Measure.PARALLEL, 1)),
                List.of(budget("b", Which.ALL, 1_000, Period.DAY, BudgetRule.Mode.HARD)));
        open();
        limiter.reserve(asked(1, "b", 1, 900));
        Limiter.Open before = limiter.open();
        for (int i = 2; i < 100; i++) {
            assertThat(limiter.reserve(asked(i, "a", 1, 1))).isInstanceOf(Decision.Refused.class);
        }
        assertThat(limiter.open()).isEqualTo(before);
        limiter.released(call(1), 0);
        for (int i = 100; i < 160; i++) {
            assertThat(limiter.reserve(asked(i, "a", 1, 1))).isInstanceOf(Decision.Admitted.class);
            limiter.released(call(i), 0);
        }
    }

    @Test
    void whatNeverEndedIsGivenBackOnce() {
        rules(
                List.of(limit("l", Which.ALL, Measure.PARALLEL, 1)),
                List.of(budget("b", Which.ALL, 1_000, Period.TOTAL, BudgetRule.Mode.HARD)));
        open();
        limiter.reserve(asked(1, "a", 10, 1_000));
        nanos += LONGEST.toNanos() + 1;
        limiter.sweep();
        assertThat(limiter.open()).isEqualTo(new Limiter.Open(0, 0, 0, 1));
        limiter.ended(call(1), new Spending(7, caller("a"), START, 600), 10);
        assertThat(limiter.budgetStandings())
                .singleElement()
                .satisfies(it -> assertThat(it.spent()).isEqualTo(600));
        assertThat(limiter.reserve(asked(2, "a", 10, 401))).isInstanceOf(Decision.Refused.class);
        assertThat(limiter.reserve(asked(3, "a", 10, 400))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aCallThatIsPricedLaterCountsWhatThatIsMoreThanWasAssumed() {
        BudgetRule assuming =
                new BudgetRule(
                        "assuming",
                        Which.ALL,
                        1_000,
                        Period.TOTAL,
                        ZoneId.of("UTC"),
                        BudgetRule.Mode.HARD,
                        null,
                        BudgetRule.Unpriced.ASSUME,
                        100,
                        List.of());
        BudgetRule allowing =
                budget("allowing", Which.ALL, 1_000, Period.TOTAL, BudgetRule.Mode.HARD);
        for (Budget begun : limiter.rules(List.of(), List.of(assuming, allowing))) {
            begun.opened(begun.begin(START), 0, Map.of());
        }
        limiter.ended(call(1), new Spending(1, caller("a"), START, Asked.UNKNOWN), 10);
        assertThat(spent()).containsExactly(100L, 0L);

        limiter.repriced(new Spending(2, caller("a"), START, 250, true));

        assertThat(spent()).containsExactly(250L, 250L);
    }

    private List<Long> spent() {
        return limiter.budgetStandings().stream().map(Budget.Standing::spent).toList();
    }

    @Test
    void aSpentBudgetDegradesToAnotherModelAndCountsThatToo() {
        BudgetRule rule =
                new BudgetRule(
                        "b",
                        Which.ALL,
                        1_000,
                        Period.DAY,
                        BERLIN,
                        BudgetRule.Mode.DEGRADE,
                        "gpt-4o-mini",
                        BudgetRule.Unpriced.ALLOW,
                        0,
                        List.of());
        rules(List.of(), List.of(rule));
        open();
        assertThat(limiter.reserve(asked(1, "a", 1, 1_001)))
                .isEqualTo(new Decision.Degrade("b", "gpt-4o-mini"));
        Asked cheaper = new Asked(call(2), caller("a"), now(), 1, 100, true);
        assertThat(limiter.reserve(cheaper)).isInstanceOf(Decision.Admitted.class);
        limiter.ended(call(2), new Spending(1, caller("a"), now(), 90), 1);
        assertThat(limiter.budgetStandings())
                .singleElement()
                .satisfies(it -> assertThat(it.spent()).isEqualTo(90));
    }

    @Test
    void aRaiseCountsUntilItEnds() {
        BudgetRule raised =
                new BudgetRule(
                        "b",
                        Which.ALL,
                        1_000,
                        Period.TOTAL,
                        BERLIN,
                        BudgetRule.Mode.HARD,
                        null,
                        BudgetRule.Unpriced.BLOCK,
                        0,
                        List.of(new BudgetRule.Raise(500, START.plusSeconds(60), "launch")));
        rules(List.of(), List.of(raised));
        open();
        assertThat(limiter.reserve(asked(1, "a", 1, 1_500))).isInstanceOf(Decision.Admitted.class);
        limiter.released(call(1), 1);
        nanos += Duration.ofSeconds(60).toNanos();
        assertThat(limiter.reserve(asked(2, "a", 1, 1_001))).isInstanceOf(Decision.Refused.class);
        assertThat(limiter.reserve(asked(3, "a", 1, 1_000))).isInstanceOf(Decision.Admitted.class);
        assertThat(limiter.reserve(new Asked(call(4), caller("a"), now(), 1, Asked.UNKNOWN, false)))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        no -> assertThat(no.reason()).isEqualTo(Decision.Reason.UNPRICED));
    }

    @Test
    void whatIsNotMeteredPassesNoBudgetThatMayCountIt() {
        Which model = new Which(Map.of(Dimension.MODEL, "gpt-5*"), Set.of());
        Which other = new Which(Map.of(Dimension.KEY, "key_b"), Set.of());
        List<LimitRule> once = List.of(limit("once", Which.ALL, Measure.REQUESTS_PER_DAY, 1));
        BudgetRule soft = budget("soft", Which.ALL, 0, Period.DAY, BudgetRule.Mode.SOFT);
        BudgetRule ofOther = budget("other", other, 0, Period.DAY, BudgetRule.Mode.HARD);
        BudgetRule ofModel = budget("model", model, 1_000, Period.DAY, BudgetRule.Mode.HARD);
        Caller caller = new Caller(principal("a"), "", null);
        Asked batch = new Asked(call(1), caller, now(), 0, Asked.UNMETERED, false);

        rules(once, List.of(soft, ofOther, ofModel));
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.reserve(batch))
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            no -> {
                                assertThat(no.reason()).isEqualTo(Decision.Reason.UNMETERED);
                                assertThat(no.rule()).isEqualTo("model");
                            });
        }

        rules(once, List.of(soft, ofOther));
        assertThat(limiter.reserve(batch)).isInstanceOf(Decision.Admitted.class);
        limiter.released(batch.call(), 0);
        assertThat(limiter.reserve(batch))
                .isInstanceOfSatisfying(
                        Decision.Refused.class, no -> assertThat(no.rule()).isEqualTo("once"));
    }

    @Test
    void otherAmountsCountWhatWasTakenAlready() {
        rules(
                List.of(limit("l", Which.ALL, Measure.TOKENS_PER_MINUTE, 1_000)),
                List.of(budget("b", Which.ALL, 1_000, Period.DAY, BudgetRule.Mode.HARD)));
        open();
        limiter.reserve(asked(1, "a", 500, 600));
        assertThat(
                        limiter.rules(
                                List.of(limit("l", Which.ALL, Measure.TOKENS_PER_MINUTE, 2_000)),
                                List.of(
                                        budget(
                                                "b",
                                                Which.ALL,
                                                700,
                                                Period.DAY,
                                                BudgetRule.Mode.HARD))))
                .isEmpty();
        assertThat(limiter.reserve(asked(2, "a", 1_001, 0))).isInstanceOf(Decision.Refused.class);
        assertThat(limiter.reserve(asked(3, "a", 1_000, 101))).isInstanceOf(Decision.Refused.class);
        assertThat(limiter.reserve(asked(4, "a", 1_000, 100)))
                .isInstanceOf(Decision.Admitted.class);
        limiter.released(call(1), 0);
        limiter.released(call(4), 0);
        assertThat(limiter.open().reserved()).isZero();
    }

    @Test
    void thereAreNoMoreCountersThanWhoeverCallsHasLeftSomethingIn() {
        Which each = new Which(Map.of(), Set.of(Dimension.USER));
        rules(List.of(limit("l", each, Measure.REQUESTS_PER_MINUTE, 60)), List.of());
        for (int i = 0; i < 1_000; i++) {
            Caller user = new Caller(principal("a"), "gpt-4o", "user " + i);
            limiter.reserve(new Asked(call(i), user, now(), 1, 0, false));
            limiter.released(call(i), 1);
        }
        assertThat(limiter.limitStandings()).hasSize(1_000);
        nanos += Duration.ofSeconds(1).toNanos();
        limiter.sweep();
        assertThat(limiter.limitStandings()).isEmpty();
        Slots<Meters> few = new Slots<>(3);
        for (int i = 0; i < 10; i++) {
            few.get(new Slot(null, null, null, "u" + i), () -> new Meters(Map.of(), 0));
        }
        assertThat(few.all()).hasSize(4).containsKey(Slot.OTHERS);
    }

    @Test
    void daysAndMonthsAreThoseOfTheZoneAlsoWhenClocksAreChanged() {
        assertThat(Period.DAY.at(Instant.parse("2026-10-25T10:00:00Z"), BERLIN))
                .isEqualTo(
                        new Period.Span(
                                Instant.parse("2026-10-24T22:00:00Z"),
                                Instant.parse("2026-10-25T23:00:00Z")));
        assertThat(Period.WEEK.at(Instant.parse("2026-10-25T10:00:00Z"), BERLIN))
                .isEqualTo(
                        new Period.Span(
                                Instant.parse("2026-10-18T22:00:00Z"),
                                Instant.parse("2026-10-25T23:00:00Z")));
        assertThat(Period.MONTH.at(Instant.parse("2026-10-31T23:30:00Z"), BERLIN).from())
                .isEqualTo(Instant.parse("2026-10-31T23:00:00Z"));
    }

    private void assertStandings(SlowLimits slow, List<BudgetRule> budgets, long seed, int step) {
        for (Budget.Standing standing : limiter.budgetStandings()) {
            BudgetRule rule =
                    budgets.stream()
                            .filter(it -> it.name().equals(standing.rule().name()))
                            .findFirst()
                            .orElseThrow();
            Slot slot = standing.slot();
            Caller any =
                    new Caller(
                            new Principal(
                                    slot.key() == null ? "key_a" : slot.key(),
                                    "",
                                    slot.project() == null ? "p" : slot.project(),
                                    List.of()),
                            "gpt-4o",
                            slot.user());
            if (rule.which().slot(any).equals(slot)) {
                assertThat(BigInteger.valueOf(standing.spent()))
                        .as("spent, seed %d step %d %s", seed, step, standing)
                        .isEqualTo(slow.spentIn(rule, any, now()));
            }
        }
        assertThat(limiter.open().leased()).isGreaterThanOrEqualTo(limiter.open().reserved());
    }

    private void end(Random random, SlowLimits slow, UUID call, int step) {
        boolean nothing = random.nextInt(4) == 0;
        Asked asked = asked(call);
        long tokens = nothing ? 0 : random.nextInt(3_000);
        if (nothing) {
            slow.ended(call, null, nanos, tokens);
            limiter.released(call, tokens);
        } else {
            long cost = random.nextInt(8) == 0 ? Asked.UNKNOWN : random.nextInt(400);
            Spending spending = new Spending(step, asked.caller(), asked.at(), cost);
            slow.ended(call, spending, nanos, tokens);
            limiter.ended(call, spending, tokens);
        }
    }

    private Asked asked(UUID call) {
        return Objects.requireNonNull(all.get(call));
    }

    private Asked randomCall(Random random, int step) {
        String[] models = {"gpt-4o", "gpt-5", ""};
        Caller caller =
                new Caller(
                        principal(random.nextBoolean() ? "a" : "b"),
                        models[random.nextInt(3)],
                        random.nextInt(3) == 0 ? null : "u" + random.nextInt(3));
        UUID id = call(step);
        long price =
                switch (random.nextInt(10)) {
                    case 0 -> Asked.UNKNOWN;
                    case 1 -> Asked.UNMETERED;
                    default -> random.nextInt(500);
                };
        Asked asked = new Asked(id, caller, now(), random.nextInt(2_000), price, false);
        all.put(id, asked);
        return asked;
    }

    /** Amounts divide the period, so that nothing has to be rounded. */
    private static List<LimitRule> randomLimits(Random random) {
        List<LimitRule> rules = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            Map<Measure, Long> amounts = new EnumMap<>(Measure.class);
            if (random.nextBoolean()) {
                amounts.put(
                        Measure.REQUESTS_PER_MINUTE, List.of(6L, 60L, 300L).get(random.nextInt(3)));
            }
            if (random.nextBoolean()) {
                amounts.put(
                        Measure.TOKENS_PER_MINUTE, List.of(6_000L, 60_000L).get(random.nextInt(2)));
            }
            if (random.nextBoolean()) {
                amounts.put(Measure.TOKENS_PER_DAY, 864_000L);
            }
            if (random.nextInt(3) == 0 || amounts.isEmpty()) {
                amounts.put(Measure.PARALLEL, 1L + random.nextInt(20));
            }
            rules.add(new LimitRule("limit" + i, randomWhich(random), amounts));
        }
        return rules;
    }

    private static List<BudgetRule> randomBudgets(Random random) {
        List<BudgetRule> rules = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            BudgetRule.Unpriced unpriced = any(random, BudgetRule.Unpriced.values());
            rules.add(
                    new BudgetRule(
                            "budget" + i,
                            randomWhich(random),
                            2_000 + random.nextInt(30_000),
                            any(random, Period.values()),
                            BERLIN,
                            random.nextInt(4) == 0 ? BudgetRule.Mode.SOFT : BudgetRule.Mode.HARD,
                            null,
                            unpriced,
                            77,
                            List.of(),
                            false,
                            random.nextBoolean()));
        }
        return rules;
    }

    private static <T> T any(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    private static Which randomWhich(Random random) {
        Map<Dimension, String> where = new EnumMap<>(Dimension.class);
        if (random.nextInt(3) == 0) {
            where.put(Dimension.KEY, random.nextBoolean() ? "key_a" : "key_*");
        }
        if (random.nextInt(3) == 0) {
            where.put(Dimension.MODEL, random.nextBoolean() ? "gpt-4o" : "gpt-*");
        }
        if (random.nextInt(4) == 0) {
            where.put(Dimension.TAG, "team-*");
        }
        if (random.nextInt(4) == 0) {
            where.put(Dimension.PROJECT, "p");
        }
        Set<Dimension> per = new HashSet<>();
        for (Dimension each : List.of(Dimension.KEY, Dimension.MODEL, Dimension.USER)) {
            if (random.nextInt(4) == 0) {
                per.add(each);
            }
        }
        return new Which(where, per);
    }

    private void rules(List<LimitRule> limits, List<BudgetRule> budgets) {
        limiter.rules(limits, budgets);
        open();
    }

    private void open() {
        for (Budget budget : limiter.budgets()) {
            budget.opened(budget.begin(now()), -1, Map.of());
        }
    }

    private Instant now() {
        return START.plusNanos(nanos);
    }

    private Asked asked(int number, String key, long tokens, long nanoUsd) {
        return new Asked(call(number), caller(key), now(), tokens, nanoUsd, false);
    }

    static UUID call(int number) {
        return new UUID(7, number);
    }

    static Caller caller(String key) {
        return new Caller(principal(key), "gpt-4o", null);
    }

    static Principal principal(String key) {
        return new Principal("key_" + key, key, "p", List.of("team-" + key));
    }

    static LimitRule limit(String name, Which which, Measure measure, long amount) {
        return new LimitRule(name, which, Map.of(measure, amount));
    }

    static BudgetRule budget(
            String name, Which which, long nanoUsd, Period period, BudgetRule.Mode mode) {
        return new BudgetRule(
                name,
                which,
                nanoUsd,
                period,
                BERLIN,
                mode,
                null,
                BudgetRule.Unpriced.ALLOW,
                0,
                List.of());
    }
}
