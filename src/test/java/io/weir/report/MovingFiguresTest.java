package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.CallFilter;
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
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hours of whatever calls there may be, counted call by call beside. */
class MovingFiguresTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final Instant LAST = NOON.plus(Duration.ofHours(2));

    @TempDir private Path directory;
    private CallStore store;
    private List<CallRecord> calls;

    @BeforeEach
    void open() throws StoreUnavailable {
        Random random = new Random(11);
        calls = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            calls.add(
                    CallRecords.any(
                            random, NOON.minusSeconds(1_800).plusSeconds(random.nextInt(10_000))));
        }
        store = Stores.open(directory);
        store.append(calls, 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aFigureIsOfTheCallsThatEndedWithinTheWindow() throws StoreUnavailable {
        Table table = figures(Measures.ERROR_RATE, List.of(), WINDOW).between(NOON, LAST, store);
        assertThat(table.rows()).hasSizeGreaterThan(200);
        for (int row = 0; row < table.rows().size(); row++) {
            List<CallRecord> meant = ended(at(table, row), WINDOW);
            assertThat(table.cell(row, "calls")).isEqualTo((long) meant.size());
            double failed = meant.stream().filter(call -> call.answer().failed()).count();
            assertThat((Double) table.cell(row, MovingFigures.VALUE))
                    .isCloseTo(failed / meant.size(), within(1e-9));
        }
    }

    @Test
    void oneInstantIsAsOneOfMany() throws StoreUnavailable {
        for (Measure measure : List.of(Measures.P95_MS, Measures.COST, Measures.TOKENS)) {
            MovingFigures figures = figures(measure, List.of(Dimension.MODEL), WINDOW);
            List<Object> alone = new ArrayList<>();
            for (Instant at = NOON; !at.isAfter(LAST); at = at.plus(STEP)) {
                alone.addAll(figures.between(at, at, store).rows());
            }
            assertThat(alone)
                    .hasSizeGreaterThan(300)
                    .isEqualTo(figures.between(NOON, LAST, store).rows());
        }
    }

    @Test
    void groupsAddUpToTheWhole() throws StoreUnavailable {
        Table groups =
                figures(Measures.TOKENS, List.of(Dimension.MODEL, Dimension.KEY), WINDOW)
                        .between(NOON, NOON, store);
        Table whole = figures(Measures.TOKENS, List.of(), WINDOW).between(NOON, NOON, store);
        long calls = 0;
        Set<String> seen = new TreeSet<>();
        for (int row = 0; row < groups.rows().size(); row++) {
            calls += groups.cell(row, "calls") instanceof Long count ? count : 0;
            seen.add(groups.cell(row, "model") + " " + groups.cell(row, "key"));
        }
        assertThat(calls).isPositive().isEqualTo(whole.cell(0, "calls"));
        assertThat(seen).hasSameSizeAs(groups.rows()).hasSizeGreaterThan(3);
    }

    @Test
    void aLongWindowIsReadFromSums() throws StoreUnavailable {
        Duration half = Duration.ofHours(12);
        Source source =
                MovingFigures.source(Measures.COST, CallFilter.ALL, List.of(Dimension.KEY), half);
        assertThat(source).isEqualTo(Source.ROLLUPS);
        Table whole =
                new MovingFigures(
                                Measures.COST,
                                CallFilter.ALL,
                                List.of(),
                                half,
                                Duration.ofHours(1),
                                source)
                        .between(NOON.plus(half), NOON.plus(half), store);
        long after = calls.stream().filter(call -> !call.receivedAt().isBefore(NOON)).count();
        assertThat(whole.cell(0, "calls")).isEqualTo(after);
    }

    @Test
    void someFiguresAndFiltersAreNeverReadFromSums() {
        Duration day = Duration.ofDays(1);
        assertThat(MovingFigures.source(Measures.P95_MS, CallFilter.ALL, List.of(), day))
                .isEqualTo(Source.CALLS);
        assertThat(MovingFigures.source(Measures.COST, CallFilter.ALL.endUser("x"), List.of(), day))
                .isEqualTo(Source.CALLS);
        assertThat(
                        MovingFigures.source(
                                Measures.COST, CallFilter.ALL, List.of(Dimension.USER), day))
                .isEqualTo(Source.CALLS);
        assertThat(MovingFigures.source(Measures.COST, CallFilter.ALL, List.of(), WINDOW))
                .isEqualTo(Source.CALLS);
    }

    @Test
    void classesOfFailuresCanBeMeantAlone() throws StoreUnavailable {
        Measure all = Measures.errorRate(Set.of(FailureClass.values()));
        assertThat(figures(all, List.of(), WINDOW).between(NOON, LAST, store))
                .isEqualTo(
                        figures(Measures.ERROR_RATE, List.of(), WINDOW).between(NOON, LAST, store));
        Measure gone = Measures.errorRate(Set.of(FailureClass.CLIENT_GONE));
        Table table = figures(gone, List.of(), WINDOW).between(NOON, LAST, store);
        assertThat(table.rows()).isNotEmpty();
        for (int row = 0; row < table.rows().size(); row++) {
            List<CallRecord> meant = ended(at(table, row), WINDOW);
            double left =
                    meant.stream()
                            .filter(call -> call.answer().outcome().equals("client_gone"))
                            .count();
            assertThat((Double) table.cell(row, MovingFigures.VALUE))
                    .isCloseTo(left / meant.size(), within(1e-9));
        }
    }

    @Test
    void aWindowIsAWholeNumberOfSteps() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> figures(Measures.COST, List.of(), Duration.ofSeconds(45)));
    }

    private static MovingFigures figures(Measure measure, List<Dimension> by, Duration window) {
        return new MovingFigures(measure, CallFilter.ALL, by, window, STEP, Source.CALLS);
    }

    private static Instant at(Table table, int row) {
        return Objects.requireNonNull((Instant) table.cell(row, MovingFigures.AT));
    }

    private List<CallRecord> ended(Instant at, Duration window) {
        return calls.stream()
                .filter(call -> {
                    long micros = Math.clamp(call.moments().closed(), 0, 3_600_000_000L);
                    Instant end = call.receivedAt().plusNanos(micros * 1_000);
                    return end.isAfter(at.minus(window)) && !end.isAfter(at);
                })
                .toList();
    }
}
