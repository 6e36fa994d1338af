package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.call.CacheUse;
import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Likeness;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FalseHitsReportTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final ReportQuery DAY = ReportQuery.of(START, START.plus(Duration.ofDays(1)));
    private static final UUID FIRST = CallRecords.id(START, 99);

    @TempDir private Path directory;

    @Test
    void tellsHitsAndChecksByHowAlikeQuestionsWere() throws StoreUnavailable {
        List<CallRecord> calls = new ArrayList<>();
        calls.add(call(1, CacheUse.hit(50L).like(Likeness.ofQuestions(FIRST, 0.991))));
        calls.add(call(2, CacheUse.hit(70L).like(Likeness.ofQuestions(FIRST, 0.952))));
        calls.add(call(3, checked(0.953, 0.2)));
        calls.add(call(4, checked(0.957, 0.9)));
        calls.add(call(5, checked(0.959, 0.8)));
        calls.add(call(6, CacheUse.hit(5L)));
        calls.add(call(7, CacheUse.MISS));
        try (CallStore store = Stores.open(directory)) {
            store.append(calls, 1);
            Table table = new FalseHitsReport().run(DAY, store);
            assertThat(table.rows()).hasSize(2);
            assertThat(table.rows().getFirst().subList(0, 6))
                    .containsExactly("0.99", 1L, 50L, 0L, 0L, null);
            assertThat(table.rows().getLast().subList(0, 5))
                    .containsExactly("0.95", 1L, 70L, 3L, 1L);
            assertThat(table.cell(1, "example_calls"))
                    .isEqualTo(calls.get(2).id() + " and " + FIRST);
            assertThat((Double) Objects.requireNonNull(table.cell(1, "false_share")))
                    .isCloseTo(1 / 3.0, within(1e-9));
        }
    }

    @Test
    void saysThatThereIsNone() throws StoreUnavailable {
        try (CallStore store = Stores.open(directory)) {
            assertThat(new FalseHitsReport().run(DAY, store).notes().getFirst())
                    .contains("cache.semantic.enabled");
        }
    }

    /** Wilson's interval as tables have it. */
    @Test
    void whatIsCertainOfAFewIsLittle() {
        assertThat(FalseHitsReport.atMost(0, 10)).isCloseTo(0.2775, within(1e-3));
        assertThat(FalseHitsReport.atMost(1, 20)).isCloseTo(0.2361, within(1e-3));
        assertThat(FalseHitsReport.atMost(0, 1_000)).isCloseTo(0.0038, within(1e-3));
    }

    private static CacheUse checked(double question, double answer) {
        return CacheUse.MISS.like(Likeness.ofQuestions(FIRST, question).checked(answer));
    }

    private static CallRecord call(int number, CacheUse use) {
        return CallRecords.at(START.plusSeconds(number), number).cache(use).build();
    }
}
