package io.weir.export;

import io.weir.ledger.RecordLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** All exporters, each with a thread of its own, so that none waits for another. */
public final class Exporters implements Closeable {
    private static final System.Logger LOG = System.getLogger(Exporters.class.getName());
    private static final String PREFIX = Exporter.readerName("");

    /** For a destination that has been taking events, to answer for the last it was sent. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For a thread to notice that it was interrupted. */
    private static final Duration NOTICE = Duration.ofSeconds(5);

    private final List<Running> all;

    private Exporters(List<Running> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Opens them all, without beginning to send. The place of one that is configured no more is
     * given up: it would hold the journal for ever.
     *
     * @param directory where what they set aside is kept
     * @throws IOException where a place in the journal or a destination cannot be opened
     */
    public static Exporters open(
            List<ExporterPlan> plans,
            RecordLog log,
            Path directory,
            InstantSource clock,
            RandomGenerator.SplittableGenerator random)
            throws IOException {
        forgetOthers(plans, log);
        List<Running> all = new ArrayList<>();
        for (ExporterPlan plan : plans) {
            Steering steering = new Steering();
            SetAside aside = new SetAside(directory.resolve(plan.name() + ".set-aside.jsonl"));
            Exporter exporter = new Exporter(plan, log, aside, clock, random.split(), steering);
            all.add(new Running(plan, exporter, steering));
        }
        return new Exporters(all);
    }

    /** Begins to send. */
    public void start() {
        all.forEach(Running::start);
    }

    /** How each is, in the order of the configuration. */
    public List<ExporterHealth> health() {
        return all.stream().map(running -> running.exporter.health()).toList();
    }

    /**
     * Sends one made up event with a connection of its own, past what waits.
     *
     * @return what is wrong; empty where the event was taken
     * @throws NoSuchElementException where there is no such exporter
     */
    public Optional<String> test(String name) throws InterruptedException {
        return Trial.of(named(name).plan);
    }

    /**
     * Makes it begin anew, within a moment.
     *
     * @throws NoSuchElementException where there is no such exporter
     */
    public void reset(String name, Start to) {
        named(name).steering.reset(to);
    }

    /** Stops sending; what was not delivered is sent after the next start. */
    @Override
    public void close() {
        all.forEach(running -> running.steering.stop());
        try {
            long until = System.nanoTime() + PATIENCE.toNanos();
            for (Running running : all) {
                if (running.exporter.health().failing() == 0) {
                    running.thread.join(Duration.ofNanos(until - System.nanoTime()));
                }
            }
            all.forEach(running -> running.thread.interrupt());
            for (Running running : all) {
                running.thread.join(NOTICE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(running -> running.exporter.close());
    }

    private Running named(String name) {
        return all.stream()
                .filter(running -> running.plan.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new NoSuchElementException(
                                all.isEmpty()
                                        ? "no exporter is configured"
                                        : "there is no exporter '%s'; there are %s"
                                                .formatted(
                                                        name,
                                                        all.stream()
                                                                .map(it -> it.plan.name())
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    private static void forgetOthers(List<ExporterPlan> plans, RecordLog log) throws IOException {
        Set<String> configured =
                plans.stream()
                        .map(plan -> Exporter.readerName(plan.name()))
                        .collect(Collectors.toSet());
        for (String reader : log.readerNames()) {
            if (reader.startsWith(PREFIX) && !configured.contains(reader)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "exporter {0} is configured no more: its place in the journal is given up",
                        reader.substring(PREFIX.length()));
                log.forget(reader);
            }
        }
    }

    /** An exporter and its thread. */
    private static final class Running {
        private final ExporterPlan plan;
        private final Exporter exporter;
        private final Steering steering;
        private final Thread thread;

        Running(ExporterPlan plan, Exporter exporter, Steering steering) {
            this.plan = plan;
            this.exporter = exporter;
            this.steering = steering;
            this.thread =
                    Thread.ofPlatform()
                            .name("weir-export-" + plan.name())
                            .daemon(true)
                            .unstarted(this::run);
        }

        void start() {
            thread.start();
        }

        private void run() {
            try {
                while (!steering.stopping()) {
                    exporter.step();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
