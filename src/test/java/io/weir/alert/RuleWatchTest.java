package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int LONG = 4;

    private final Rule rule =
            Rules.rule(
                    "'metric': 'error_rate', 'above': '10%', 'for': '2m', 'resolve_after': '2m', 'by': ['model'], 'at_least': 5");

    @Test
    void aGroupFiresWhenItHasHeldForLongEnough() {
        RuleWatch watch = new RuleWatch(rule, List.of());
        for (int i = 0; i < LONG; i++) {
            assertThat(step(watch, i, 0.2).fired()).isEmpty();
            assertThat(watch.cells()).hasSize(1);
        }
        RuleWatch.Change change = step(watch, LONG, 0.3);
        assertThat(change.fired()).hasSize(1);
        assertThat(change.fired().getFirst().since()).isEqualTo(NOON);
        assertThat(change.fired().getFirst().sentence())
                .isEqualTo("model m: 30 % of 10 calls failed in 5 min, more than 10 %");
        assertThat(step(watch, LONG + 1, 0.4).fired()).isEmpty();
        assertThat(watch.firing().getFirst().value()).isEqualTo(0.4);
    }

    @Test
    void whatStopsBeforeThatIsForgotten() {
        RuleWatch watch = new RuleWatch(rule, List.of());
        step(watch, 0, 0.2);
        assertThat(step(watch, 1, 0.1).any()).isTrue();
        assertThat(watch.cells()).isEmpty();
    }

    @Test
    void whatFiresIsOverWhenItHasNotHeldForLongEnough() {
        RuleWatch watch = new RuleWatch(rule, List.of());
        for (int i = 0; i <= LONG; i++) {
            step(watch, i, 0.2);
        }
        assertThat(step(watch, LONG + 1, 0).ended()).isEmpty();
        assertThat(step(watch, LONG + 2, 0.5).ended()).isEmpty();
        for (int i = 3; i < 6; i++) {
            assertThat(step(watch, LONG + i, 0).ended()).isEmpty();
        }
        assertThat(step(watch, LONG + 6, 0).ended()).hasSize(1);
        assertThat(watch.cells()).isEmpty();
    }

    @Test
    void tooFewCallsTellNothing() {
        RuleWatch watch = new RuleWatch(rule, List.of());
        watch.step(NOON, List.of(Rules.reading("m", 1, 4)));
        assertThat(watch.cells()).isEmpty();
    }

    /** A model's state written as the definition reads, from all that was read so far. */
    @Test
    void itDoesAsTheDefinitionSays() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            RuleWatch watch = new RuleWatch(rule, List.of());
            List<Boolean> bad = new ArrayList<>();
            boolean fires = false;
            double likely = random.nextDouble();
            for (int i = 0; i < 60; i++) {
                bad.add(random.nextDouble() < (fires ? 1 - likely : likely));
                step(watch, i, bad.getLast() ? 0.5 : 0.01);
                boolean before = fires;
                fires = before ? !allTheLast(bad, LONG, false) : allTheLast(bad, LONG + 1, true);
                assertThat(watch.firing()).as("at %d of %s", i, bad).hasSize(fires ? 1 : 0);
            }
        }
    }

    /** Whether each of the last so many was so, of which there are so many at all. */
    private static boolean allTheLast(List<Boolean> bad, int count, boolean wanted) {
        return bad.size() >= count
                && bad.subList(bad.size() - count, bad.size()).stream()
                        .allMatch(it -> it == wanted);
    }

    private static RuleWatch.Change step(RuleWatch watch, int at, double value) {
        return watch.step(NOON.plus(STEP.multipliedBy(at)), List.of(Rules.reading("m", value, 10)));
    }
}
