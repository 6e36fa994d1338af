package io.weir.profile;

import io.weir.call.Stage;
import io.weir.profile.Profile.Pauses;
import io.weir.profile.Profile.Whose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;

/** Records what Weir does for a while with the JDK's flight recorder, and sums it up. */
public final class Profiler {
    private static final Duration SAMPLE_PERIOD = Duration.ofMillis(10);

    /** A busy gateway writes some 10 MB a second. */
    private static final long MAX_BYTES = 512L << 20;

    private final Path directory;
    private final AtomicBoolean busy = new AtomicBoolean();

    /**
     * A profiler.
     *
     * @param directory where a recording lies while it is read
     */
    public Profiler(Path directory) {
        this.directory = directory;
    }

    /** Somebody else records already. */
    public static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("a profile is being taken already: ask again when it is done");
        }
    }

    /** Records for that long; one at a time, because each costs the calls a little. */
    public Profile record(Duration time) throws Busy, IOException, InterruptedException {
        if (!busy.compareAndSet(false, true)) {
            throw new Busy();
        }
        try {
            Files.createDirectories(directory);
            Path file = Files.createTempFile(directory, "profile-", ".jfr");
            try {
                record(time, file);
                return read(file, time);
            } finally {
                Files.deleteIfExists(file);
            }
        } finally {
            busy.set(false);
        }
    }

    private static void record(Duration time, Path file) throws IOException, InterruptedException {
        try (Recording recording = new Recording()) {
            recording.setMaxSize(MAX_BYTES);
            recording.enable(Stage.EVENT).withoutThreshold();
            recording.enable("jdk.ExecutionSample").withPeriod(SAMPLE_PERIOD);
            recording.enable("jdk.GCPhasePause").withoutThreshold();
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
            recording.start();
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            recording.stop();
            recording.dump(file);
        }
    }

    private static Profile read(Path file, Duration time) throws IOException {
        StageTimes stages = new StageTimes();
        Hot hot = new Hot();
        Samples pauses = new Samples();
        Samples pinned = new Samples();
        try (EventStream events = EventStream.openFile(file)) {
            events.setOrdered(true);
            events.onEvent(Stage.EVENT, event -> add(event, stages));
            events.onEvent("jdk.ExecutionSample", hot::add);
            events.onEvent("jdk.GCPhasePause", event -> pauses.add(event.getDuration().toNanos()));
            events.onEvent(
                    "jdk.VirtualThreadPinned", event -> pinned.add(event.getDuration().toNanos()));
            events.start();
        }
        return new Profile(
                time,
                stages.calls(),
                stages.whole(),
                stages.of(Whose.WEIR),
                stages.of(Whose.UPSTREAM),
                stages.of(Whose.CLIENT),
                stages.stages(),
                hot.methods(),
                new Pauses(pauses.count(), pauses.sum() / 1e6, pauses.quantile(1) / 1e6),
                pinned.count());
    }

    private static void add(RecordedEvent event, StageTimes stages) {
        long start = nanos(event.getStartTime());
        stages.add(
                event.getString("call"),
                event.getString("stage"),
                start,
                start + event.getDuration().toNanos());
    }

    private static long nanos(java.time.Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
