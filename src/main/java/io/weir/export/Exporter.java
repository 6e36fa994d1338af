package io.weir.export;

import io.weir.ledger.Entry;
import io.weir.ledger.RecordLog;
import io.weir.ledger.RecordReader;
import io.weir.outbound.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows the journal with a place of its own and hands ended calls to a destination: in order,
 * each at least once. What fails is tried again until it goes well, with pauses; meanwhile the
 * journal holds, up to the disk budget, beyond which the oldest go. An event that the destination
 * will never take is found by halves and set aside, and those around it are sent. Belongs to one
 * thread, but for what says otherwise.
 */
final class Exporter {
    private static final System.Logger LOG = System.getLogger(Exporter.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(1);

    /**
     * Between two looks for more of a batch: whoever waits for the journal is woken by the next
     * call, on that call's own way.
     */
    private static final Duration GATHER = Duration.ofMillis(100);

    private static final int DROPPED_AT_ONCE = 5_000;
    private static final int DROPPED_BYTES = 16 << 20;

    private final ExporterSettings settings;
    private final Fields fields;
    private final Destination destination;
    private final Limits limits;
    private final RecordLog log;
    private final SetAside aside;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Steering steering;
    private final Counts counts = new Counts();
    private final Deque<Event> pending = new ArrayDeque<>();
    private RecordReader reader;
    private int most;

    /** Up to here there is an event among those pending that was refused with others. */
    private long suspectThrough;

    Exporter(
            ExporterPlan plan,
            RecordLog log,
            SetAside aside,
            InstantSource clock,
            RandomGenerator random,
            Steering steering)
            throws IOException {
        this.settings = plan.settings();
        this.fields = plan.fields();
        this.destination = plan.opening().open();
        this.limits = destination.limits().within(settings);
        this.log = log;
        this.aside = aside;
        this.clock = clock;
        this.backoff = new Backoff(settings.firstPause(), settings.mostPause(), random);
        this.steering = steering;
        this.most = limits.events();
        this.reader = open();
    }

    /** The name of an exporter's reader of the journal. */
    static String readerName(String exporter) {
        return "export-" + exporter;
    }

    /** How it is; from any thread. */
    ExporterHealth health() {
        long lag = log.health().readerLag().getOrDefault(readerName(settings.name()), 0L);
        return counts.health(settings, lag);
    }

    /** Takes one step: reads, or tries to send a batch once. */
    void step() throws InterruptedException {
        try {
            Optional<Start> anew = steering.takeReset();
            if (anew.isPresent()) {
                reset(anew.get());
            }
            keepBudget();
            if (pending.isEmpty()) {
                gather();
            }
            if (pending.isEmpty()) {
                commitAll();
            } else {
                send();
            }
        } catch (IOException e) {
            counts.failed("the journal, or the file of what is set aside: " + e.getMessage());
            steering.pause(backoff.next(Optional.empty()));
        }
    }

    /** What was not delivered comes again when it is opened anew. */
    void close() {
        for (AutoCloseable each : List.of(reader, destination)) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "exporter {0} was not closed in order: {1}",
                        settings.name(),
                        e.getMessage());
            }
        }
    }

    private RecordReader open() throws IOException {
        return log.reader(readerName(settings.name()), Set.of(Entry.Kind.CLOSED));
    }

    private void reset(Start to) throws IOException, InterruptedException {
        pending.clear();
        backoff.reset();
        switch (to) {
            case OLDEST -> {
                reader.close();
                log.forget(readerName(settings.name()));
                reader = open();
            }
            case NEWEST -> {
                long last = log.health().lastSequence();
                while (reader.polled() < last) {
                    reader.pass(DROPPED_AT_ONCE, DROPPED_BYTES);
                    reader.commit();
                }
            }
        }
    }

    private void keepBudget() throws IOException, InterruptedException {
        if (reader.heldBytes() > settings.diskBudget()) {
            drop();
        }
    }

    /** Passes over the oldest until what is held is within the budget. */
    private void drop() throws IOException, InterruptedException {
        long dropped = pending.size();
        pending.clear();
        commitAll();
        while (reader.heldBytes() > settings.diskBudget()) {
            long before = reader.polled();
            dropped += reader.pass(DROPPED_AT_ONCE, DROPPED_BYTES);
            if (reader.polled() == before) {
                break;
            }
            reader.commit();
        }
        if (dropped > 0) {
            counts.dropped(dropped);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "exporter {0} has spent its disk budget: {1} of the oldest calls are not sent; the last problem was: {2}",
                    settings.name(),
                    dropped,
                    health().problem().orElse("none, it is too slow"));
        }
    }

    /** Reads until a batch is full, or its first event has waited long enough. */
    private void gather() throws IOException, InterruptedException {
        long bytes = 0;
        long full = Math.max(1, limits.bytes());
        Instant until = null;
        while (pending.size() < limits.events() && bytes < full) {
            Duration wait = until == null ? IDLE : Duration.between(clock.instant(), until);
            wait = wait.compareTo(IDLE) < 0 ? wait : IDLE;
            if (wait.isNegative() || wait.isZero() || steering.wanted()) {
                break;
            }
            List<RecordReader.Line> lines =
                    reader.poll(
                            limits.events() - pending.size(),
                            (int) (full - bytes),
                            until == null ? wait : Duration.ZERO);
            if (until != null && lines.isEmpty()) {
                steering.rest(wait.compareTo(GATHER) < 0 ? wait : GATHER);
            }
            for (RecordReader.Line line : lines) {
                Event event = fields.event(line);
                bytes += event.json().length;
                pending.add(destination.readsJsonAlone() ? event.jsonAlone() : event);
            }
            if (until == null) {
                if (lines.isEmpty()) {
                    break;
                }
                until = clock.instant().plus(settings.age());
            }
        }
        @Nullable Event first = pending.peek();
        counts.waiting(first == null ? null : first.time());
    }

    private void send() throws IOException, InterruptedException {
        List<Event> batch = batch();
        if (batch.isEmpty()) {
            setAside("larger than the %,d bytes that may be sent".formatted(limits.eventBytes()));
            return;
        }
        switch (destination.send(batch)) {
            case Sent.Delivered delivered -> {
                counts.delivered(batch.size(), clock.instant());
                counts.rejected(delivered.rejected());
                passed(batch.size());
            }
            case Sent.Refused(String reason, OptionalInt position) ->
                    refused(batch, reason, position.orElse(-1));
            case Sent.Failed(String reason, Optional<Duration> retryAfter) ->
                    failed(reason, retryAfter);
        }
    }

    /** Where nobody says which event it is, the batch is halved until it is alone. */
    private void refused(List<Event> batch, String reason, int position) throws IOException {
        if (position > 0 && position < batch.size()) {
            counts.delivered(position, clock.instant());
            passed(position);
        }
        if (batch.size() == 1 || (position >= 0 && position < batch.size())) {
            setAside(reason);
        } else {
            suspectThrough = batch.getLast().sequence();
            most = batch.size() / 2;
        }
    }

    /** The next events that fit together; none where the first is too large by itself. */
    private List<Event> batch() {
        List<Event> batch = new ArrayList<>();
        long bytes = 0;
        for (Event event : pending) {
            bytes += event.json().length;
            boolean fits = batch.isEmpty() || bytes <= limits.bytes();
            if (batch.size() == most || event.json().length > limits.eventBytes() || !fits) {
                break;
            }
            batch.add(event);
        }
        return new Batch(batch);
    }

    private void setAside(String reason) throws IOException {
        Event event = pending.element();
        boolean kept = aside.add(event, reason, clock.instant());
        counts.setAside();
        LOG.log(
                System.Logger.Level.WARNING,
                "exporter {0} has set call {1} aside{2}: {3}",
                settings.name(),
                event.callId(),
                kept ? "" : ", without room for it in " + aside.file(),
                reason);
        passed(1);
    }

    /** Done with the first so many, whatever became of them. */
    private void passed(int events) throws IOException {
        long through = 0;
        for (int i = 0; i < events; i++) {
            through = pending.remove().sequence();
        }
        long suspects = pending.stream().takeWhile(it -> it.sequence() <= suspectThrough).count();
        most = suspects == 0 ? limits.events() : (int) Math.max(1, suspects / 2);
        backoff.reset();
        @Nullable Event next = pending.peek();
        counts.waiting(next == null ? null : next.time());
        if (next == null) {
            reader.commit();
        } else {
            reader.commit(through);
        }
    }

    /** The pause may be long, and the journal grows meanwhile. */
    private void failed(String reason, Optional<Duration> retryAfter)
            throws IOException, InterruptedException {
        if (counts.failing() == 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "exporter {0} cannot send, and tries again; the journal holds: {1}",
                    settings.name(),
                    reason);
        }
        counts.failed(reason);
        steering.pause(backoff.next(retryAfter), this::keepBudget);
    }

    private void commitAll() throws IOException {
        if (reader.hasUncommitted()) {
            reader.commit();
        }
    }
}
