package io.weir.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Loads one target once, and measures. Belongs to the thread that runs it. */
final class BenchRound {
    /** What is not answered so long after the end is given up and counts as failed. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final BenchPlan plan;
    private final LoadTarget target;
    private final Ticker ticker;
    private final byte[] request;
    private final Lanes lanes;
    private final List<LaneTally> tallies;
    private final Histogram lateness = new Histogram();
    private final ProcessCpu cpu;
    private final ProcessCpu ownCpu;
    private OptionalLong cpuBefore = OptionalLong.empty();
    private OptionalLong ownCpuBefore = OptionalLong.empty();

    BenchRound(BenchPlan plan, LoadTarget target, Path proc, Ticker ticker) {
        this.plan = plan;
        this.target = target;
        this.ticker = ticker;
        this.request = LoadRequest.post(target, plan.operation(), plan.body().getBytes(UTF_8));
        int connections = plan.load().connections();
        this.lanes = new Lanes(connections, target, plan.silence());
        this.tallies = Stream.generate(LaneTally::new).limit(connections).toList();
        this.cpu = new ProcessCpu(proc, target.processes());
        this.ownCpu = new ProcessCpu(proc, ownProcess(proc));
    }

    private static List<Long> ownProcess(Path proc) {
        return Files.exists(proc.resolve("self/stat"))
                ? List.of(ProcessHandle.current().pid())
                : List.of();
    }

    BenchRun run(int round) throws InterruptedException {
        try (lanes) {
            CountDownLatch ended =
                    switch (plan.load()) {
                        case BenchPlan.Load.Open open -> openLoop(open);
                        case BenchPlan.Load.Closed closed -> closedLoop(closed);
                    };
            if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                lanes.close();
                ended.await();
            }
        }
        OptionalLong ownAfter = ownCpu.nanos();
        ticker.waitUntil(ticker.nanos() + plan.settle().toNanos());
        return result(round, ownAfter);
    }

    private CountDownLatch openLoop(BenchPlan.Load.Open open) throws InterruptedException {
        double gapNanos = 1e9 / open.callsPerSecond();
        int warm = Math.toIntExact(Math.round(plan.warmup().toNanos() / gapNanos));
        int calls = warm + Math.toIntExact(Math.round(plan.duration().toNanos() / gapNanos));
        CountDownLatch ended = new CountDownLatch(calls);
        long start = ticker.nanos();
        for (int i = 0; i < calls; i++) {
            boolean measured = i >= warm;
            if (i == warm) {
                readCpu();
            }
            long due = start + (long) (i * gapNanos);
            ticker.waitUntil(due);
            if (measured) {
                lateness.record(ticker.nanos() - due);
            }
            Thread.startVirtualThread(() -> call(due, measured, ended));
        }
        return ended;
    }

    private void call(long due, boolean measured, CountDownLatch ended) {
        try {
            Lane lane = lanes.take();
            try {
                exchange(lane, due, measured ? Long.MAX_VALUE : Long.MIN_VALUE);
            } finally {
                lanes.release(lane);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private CountDownLatch closedLoop(BenchPlan.Load.Closed closed) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(closed.connections());
        long measured = ticker.nanos() + plan.warmup().toNanos();
        long end = measured + plan.duration().toNanos();
        for (int i = 0; i < closed.connections(); i++) {
            Lane lane = lanes.take();
            Thread.startVirtualThread(() -> calls(lane, measured, end, ended));
        }
        ticker.waitUntil(measured);
        readCpu();
        ticker.waitUntil(end);
        return ended;
    }

    private void calls(Lane lane, long measured, long end, CountDownLatch ended) {
        try {
            for (long now = ticker.nanos(); now < end; now = ticker.nanos()) {
                exchange(lane, now, now >= measured ? end : Long.MIN_VALUE);
            }
        } finally {
            lanes.release(lane);
            ended.countDown();
        }
    }

    /** One call, counted when it ended before {@code countUntil}. */
    private void exchange(Lane lane, long start, long countUntil) {
        AnswerWatch watch = new AnswerWatch(false, ticker);
        String failure = null;
        try {
            int status = lane.exchange(request, watch).status();
            if (status >= 300) {
                failure = LoadFailure.word(status);
            } else if (watch.broken()) {
                failure = LoadFailure.BROKEN_STREAM;
            }
        } catch (IOException e) {
            failure = LoadFailure.word(e);
        }
        long done = ticker.nanos();
        if (done < countUntil) {
            tallies.get(lane.number()).add(failure, done - start, watch.firstTokenAfter(start));
        }
    }

    private void readCpu() {
        cpuBefore = cpu.nanos();
        ownCpuBefore = ownCpu.nanos();
    }

    private BenchRun result(int round, OptionalLong ownAfter) {
        Histogram latency = new Histogram();
        Histogram firstToken = new Histogram();
        SortedMap<String, Long> failures = new TreeMap<>();
        tallies.forEach(tally -> tally.addTo(latency, firstToken, failures));
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        long calls = latency.count() + failed;
        return new BenchRun(
                target.name(),
                round,
                calls,
                failures,
                plan.duration().toNanos() / 1e9,
                latency,
                firstToken,
                lateness,
                microsPerCall(cpuBefore, cpu.nanos(), calls),
                microsPerCall(ownCpuBefore, ownAfter, calls));
    }

    private static OptionalDouble microsPerCall(
            OptionalLong before, OptionalLong after, long calls) {
        if (before.isEmpty() || after.isEmpty() || calls == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((after.getAsLong() - before.getAsLong()) / 1e3 / calls);
    }
}
