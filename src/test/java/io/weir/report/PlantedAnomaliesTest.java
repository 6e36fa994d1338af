package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.report.Anomaly.Kind;
import io.weir.store.CallStore;
import io.weir.store.RollupFiller;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred made-up histories with a known plant, or none, in each, and what the report says. */
class PlantedAnomaliesTest {
    private static final int HISTORIES = 100;
    private static final int QUIET = 28;
    private static final Instant FIRST_END = Instant.parse("2020-01-03T09:40:00Z");

    /** Further apart than the past that the report looks at, on another weekday and hour each. */
    private static final Duration APART = Duration.ofMinutes(31 * 1_440 + 55);

    private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    private int falseLinesOfQuietDays;
    private int falseLines;

    @Test
    void findsWhatWasPlantedAndLittleElse(@TempDir Path directory) throws StoreUnavailable {
        for (Kind kind : Kind.values()) {
            tallies.put(kind, new Tally());
        }
        List<MadeUpHistory> histories = histories();
        RollupFiller.fill(directory, () -> histories.stream().map(MadeUpHistory::sums).iterator());
        try (CallStore store = Stores.open(directory)) {
            long sequence = 0;
            for (MadeUpHistory history : histories) {
                List<CallRecord> calls = history.calls();
                store.append(calls, ++sequence);
                judge(history, store);
            }
        }
        print();
        int planted = tallies.values().stream().mapToInt(tally -> tally.planted).sum();
        int found = tallies.values().stream().mapToInt(tally -> tally.found).sum();
        assertThat(planted).isGreaterThan(60);
        assertThat((double) found / planted).as("recall").isGreaterThanOrEqualTo(0.85);
        assertThat((double) falseLinesOfQuietDays / QUIET)
                .as("false lines a quiet day")
                .isLessThanOrEqualTo(0.1);
        tallies.forEach((kind, tally) -> {
            assertThat(tally.recall()).as("recall of " + kind).isGreaterThanOrEqualTo(0.6);
            assertThat(tally.precision()).as("precision of " + kind).isGreaterThanOrEqualTo(0.85);
        });
    }

    private static List<MadeUpHistory> histories() {
        List<MadeUpHistory> histories = new ArrayList<>();
        Kind[] kinds = Kind.values();
        for (int i = 0; i < HISTORIES; i++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(i);
            Kind[] kind = i < QUIET ? new Kind[0] : new Kind[] {kinds[i % kinds.length]};
            boolean withCalls = i < 8 || (kind.length > 0 && kind[0] == Kind.LOOP);
            Instant end = FIRST_END.plus(APART.multipliedBy(i));
            histories.add(new MadeUpHistory(i, random, end, kind, withCalls));
        }
        return histories;
    }

    private void judge(MadeUpHistory history, CallStore store) throws StoreUnavailable {
        Plant plant = history.plant();
        Table table =
                new AnomaliesReport()
                        .run(
                                ReportQuery.of(
                                        history.end().minus(Duration.ofHours(24)), history.end()),
                                store);
        boolean found = false;
        for (int row = 0; row < table.rows().size(); row++) {
            Kind kind = kind(table, row);
            boolean right = plant.shows().contains(kind) && overlaps(plant, table, row);
            found |= kind == plant.kind() && right;
            if (right) {
                tally(kind).right++;
            } else {
                wrong(kind, plant, table, row);
            }
        }
        if (plant.kind() != null && !history.hopeless()) {
            Tally tally = tally(plant.kind());
            tally.planted++;
            tally.found += found ? 1 : 0;
        }
    }

    private void wrong(Kind kind, Plant plant, Table table, int row) {
        System.out.println("false: " + table.cell(row, "reads"));
        tally(kind).wrong++;
        falseLines++;
        falseLinesOfQuietDays += plant.kind() == null ? 1 : 0;
    }

    private Tally tally(Kind kind) {
        return tallies.computeIfAbsent(kind, k -> new Tally());
    }

    private static Kind kind(Table table, int row) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(table.cell(row, "kind"))) {
                return kind;
            }
        }
        throw new AssertionError("no kind: " + table.cell(row, "kind"));
    }

    /** With a quarter of an hour of slack at its end. */
    private static boolean overlaps(Plant plant, Table table, int row) {
        return table.cell(row, "from") instanceof Instant from
                && table.cell(row, "until") instanceof Instant until
                && from.isBefore(plant.until().plusSeconds(900))
                && until.isAfter(plant.from());
    }

    private void print() {
        System.out.printf("%-12s planted  found  lines right  wrong%n", "kind");
        tallies.forEach((kind, tally) ->
                System.out.printf(
                        "%-12s %7d %6d %12d %6d%n",
                        kind.word(), tally.planted, tally.found, tally.right, tally.wrong));
        System.out.printf(
                "false lines: %d in %d days, %d of them in %d quiet days%n",
                falseLines, HISTORIES, falseLinesOfQuietDays, QUIET);
    }

    /** What became of a kind. Mutable. */
    private static final class Tally {
        private int planted;
        private int found;
        private int right;
        private int wrong;

        double recall() {
            return planted == 0 ? 1 : (double) found / planted;
        }

        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }
    }
}
