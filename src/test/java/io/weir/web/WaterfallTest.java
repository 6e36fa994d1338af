package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Attempt;
import io.weir.call.CallRecords;
import io.weir.call.Moments;
import io.weir.web.Waterfall.Bar;
import io.weir.web.Waterfall.Row;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WaterfallTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void thePhasesOfACallFollowEachOtherAndFillItsTime() {
        Waterfall waterfall =
                Waterfall.of(
                        CallRecords.at(NOW, 1)
                                .moments(new Moments(100, 200, 300, 600, 700, 900, 1_000, 20, 800))
                                .attempts()
                                .build());

        assertThat(waterfall.rows().subList(0, 7))
                .extracting(Row::label)
                .containsExactly(
                        "Weir lets it in",
                        "Connection",
                        "Request sent",
                        "Wait for the answer",
                        "Wait for the first token",
                        "Answer",
                        "Weir records it");
        double end = 0;
        for (Row row : waterfall.rows().subList(0, 7)) {
            Bar bar = row.bars().getFirst();
            assertThat(percent(bar.x())).isEqualTo(end, Offset.offset(0.02));
            end = percent(bar.x()) + percent(bar.width());
        }
        assertThat(end).isEqualTo(100, Offset.offset(0.02));
    }

    @Test
    void eachTryIsOnTheSameScaleAndSaysWhatBecameOfIt() {
        Attempt failed = new Attempt(1, "east", false, 0, 100, 150, -1, 500, 0, "timed_out", null);
        Attempt answered = new Attempt(2, "west", true, 500, 500, 510, 900, 1_000, 200, null, null);

        Waterfall waterfall =
                Waterfall.of(
                        CallRecords.at(NOW, 1)
                                .moments(new Moments(-1, -1, -1, -1, -1, -1, 1_000, -1, 0))
                                .attempts(failed, answered)
                                .build());

        Row first = waterfall.rows().get(1);
        Row second = waterfall.rows().get(2);
        assertThat(first.label()).isEqualTo("Try 1 at east");
        assertThat(first.note()).isEqualTo("no answer, new connection, timed_out");
        assertThat(first.bars().getLast())
                .extracting(Bar::tone, Bar::x, Bar::width)
                .containsExactly("bad", "15.00%", "35.00%");
        assertThat(second.note()).isEqualTo("status 200, kept connection");
        assertThat(second.bars().getFirst().x()).isEqualTo("50.00%");
    }

    @Test
    void noBarLeavesItsTrackWhateverWasRecorded() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 1_000; i++) {
            for (Row row : Waterfall.of(CallRecords.any(random, NOW)).rows()) {
                for (Bar bar : row.bars()) {
                    assertThat(percent(bar.x())).isBetween(0.0, 100.0);
                    assertThat(percent(bar.width())).isBetween(0.0, 100.0);
                    assertThat(percent(bar.x()) + percent(bar.width())).isLessThan(100.02);
                }
            }
        }
    }

    @Test
    void aCallWithoutMomentsHasNoWaterfall() {
        Waterfall waterfall =
                Waterfall.of(CallRecords.at(NOW, 1).moments(Moments.NONE).attempts().build());
        assertThat(waterfall.rows()).isEmpty();
    }

    private static double percent(String text) {
        return Double.parseDouble(text.substring(0, text.length() - 1));
    }
}
