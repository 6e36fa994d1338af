package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bench/run outage} does with an hour's calls, with fewer. */
@Timeout(300)
@NeedsServer(variable = KafkaServer.VARIABLE)
class OutageIT {
    private static final int CALLS = 20_000;
    private static final long SEGMENT_BYTES = 1 << 20;

    /** Held on to, as its handlers are by it. */
    private static final Logger LOG = Logger.getLogger(Exporter.class.getName());

    @TempDir private Path directory;

    @Test
    void everyDestinationHasEveryCallOnceAllAreBack() throws Exception {
        Outage.Outcome outcome = outage("10GiB");
        assertThat(outcome.exporters())
                .hasSize(9)
                .allSatisfy(each -> {
                    assertThat(outcome.tally(each).lost()).as(each.name()).isZero();
                    assertThat(each.dropped()).as(each.name()).isZero();
                    assertThat(each.failures()).as(each.name()).isPositive();
                });
        assertThat(outcome.bytesAfter()).isLessThan(2 * SEGMENT_BYTES);
    }

    @Test
    void whatTheDiskBudgetIsTooSmallForGoesOldestFirstAndIsCountedAndLogged() throws Exception {
        Loud loud = new Loud();
        LOG.addHandler(loud);
        try {
            Outage.Outcome outcome = outage("16MiB");
            assertThat(outcome.exporters())
                    .hasSize(9)
                    .allSatisfy(each -> {
                        assertThat(each.dropped()).as(each.name()).isPositive();
                        assertThat((long) outcome.tally(each).lost())
                                .as(each.name())
                                .isEqualTo(each.dropped());
                        assertThat(loud.of(each.name())).isEqualTo(each.dropped());
                    });
        } finally {
            LOG.removeHandler(loud);
        }
    }

    private Outage.Outcome outage(String diskBudget) throws Exception {
        try (OtherSide other = new AllDestinations(directory.resolve("destinations"))) {
            return new Outage(CALLS, SEGMENT_BYTES, diskBudget, "3s")
                    .run(directory.resolve("data"), other, System.out);
        }
    }

    /** Remembers the errors that are logged. */
    private static final class Loud extends Handler {
        private final List<LogRecord> errors = new CopyOnWriteArrayList<>();

        /** How many calls an exporter has said that it dropped. */
        long of(String exporter) {
            return errors.stream()
                    .filter(error -> exporter.equals(error.getParameters()[0]))
                    .mapToLong(error -> (long) error.getParameters()[1])
                    .sum();
        }

        @Override
        public void publish(LogRecord error) {
            if (error.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(error);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
