package io.weir.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.ledger.JournalHealth;
import io.weir.store.StoreHealth;
import java.util.function.Supplier;

/** How the gateway is, asked anew for each scrape. What is not known then is left out. */
public final class HealthMetrics implements MultiCollector {
    private final String version;
    private final Supplier<JournalHealth> journal;
    private final Supplier<StoreHealth> store;

    /** Of that version of Weir. */
    public HealthMetrics(
            String version, Supplier<JournalHealth> journal, Supplier<StoreHealth> store) {
        this.version = version;
        this.journal = journal;
        this.store = store;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        metrics.metricSnapshot(build());
        addJournal(metrics, journal.get());
        addStore(metrics, store.get());
        return metrics.build();
    }

    private InfoSnapshot build() {
        return InfoSnapshot.builder()
                .name("weir_build")
                .help("Which Weir this is; always 1.")
                .dataPoint(
                        InfoDataPointSnapshot.builder()
                                .labels(Labels.of("version", version))
                                .build())
                .build();
    }

    private static void addJournal(MetricSnapshots.Builder metrics, JournalHealth health) {
        add(
                metrics,
                "weir_open_calls",
                "Calls under way: taken, and not ended yet.",
                health.openCalls());
        add(
                metrics,
                "weir_journal_up",
                "1 while entries are taken and reach the disk. At 0 calls are refused, or relayed without a record, as journal.when_unavailable says.",
                health.healthy() ? 1 : 0);
        add(
                metrics,
                "weir_journal_last_sequence",
                "The newest entry's number. A call makes two entries, one when it begins and one when it ends.",
                health.lastSequence());
        add(
                metrics,
                "weir_journal_bytes",
                "What the journal holds on the disk. It lets go of what all its readers are past.",
                health.bytesOnDisk());
        add(
                metrics,
                "weir_journal_free_bytes",
                "Free on the journal's disk. When it is full no call can be recorded.",
                health.freeBytes());
        add(
                metrics,
                "weir_journal_missing_entries",
                "Entries found damaged or gone since the start: calls that cannot be reported any more.",
                health.missingEntries());
        metrics.metricSnapshot(lag(health));
    }

    private static GaugeSnapshot lag(JournalHealth health) {
        GaugeSnapshot.Builder lag =
                GaugeSnapshot.builder()
                        .name("weir_journal_reader_lag_entries")
                        .help(
                                "Entries that a reader of the journal has not dealt with yet. While it grows the journal grows with it.");
        health.readerLag()
                .forEach((reader, entries) ->
                        lag.dataPoint(point(Labels.of("reader", reader), entries)));
        return lag.build();
    }

    private static void addStore(MetricSnapshots.Builder metrics, StoreHealth health) {
        add(
                metrics,
                "weir_store_up",
                "1 while the store takes calls. At 0 the journal holds them, and the dashboard does not show them.",
                health.ok() ? 1 : 0);
        add(metrics, "weir_store_bytes", "What the store holds on the disk.", health.bytesOnDisk());
        add(metrics, "weir_store_calls", "Calls in the store.", health.calls());
    }

    /** A negative value is one that nobody knows. */
    private static void add(MetricSnapshots.Builder metrics, String name, String help, long value) {
        if (value >= 0) {
            metrics.metricSnapshot(
                    GaugeSnapshot.builder()
                            .name(name)
                            .help(help)
                            .dataPoint(point(Labels.EMPTY, value))
                            .build());
        }
    }

    private static GaugeDataPointSnapshot point(Labels labels, long value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value((double) value).build();
    }
}
