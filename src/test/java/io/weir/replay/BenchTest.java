package io.weir.replay;

import static io.weir.replay.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.replay.BenchPlan.Load;
import io.weir.wire.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private static final String BODY = "{\"model\":\"m\",\"messages\":[],\"max_tokens\":3}";

    @TempDir private Path proc;

    @Test
    void targetsTakeTurnsAndEveryCallIsCounted() throws Exception {
        try (ScriptedServer one = new ScriptedServer(ReplayTest::whole);
                ScriptedServer two = new ScriptedServer(ReplayTest::whole)) {
            BenchPlan plan =
                    plan(List.of(target("a", one), target("b", two)), new Load.Open(200, 8), 2);
            List<String> turns = new ArrayList<>();
            BenchResult result =
                    new Bench(plan, proc, Ticker.system())
                            .run(run -> turns.add(run.target() + run.round()));
            assertThat(turns).containsExactly("a1", "b1", "a2", "b2");
            assertThat(result.runs())
                    .allSatisfy(run -> {
                        assertThat(run.calls()).isEqualTo(40);
                        assertThat(run.failed()).isZero();
                        assertThat(run.latency().count()).isEqualTo(40);
                        assertThat(run.lateness().count()).isEqualTo(40);
                        assertThat(run.cpuMicrosPerCall()).isEmpty();
                    });
            assertThat(one.requests()).hasSize(2 * (40 + 10));
        }
    }

    @Test
    void streamsHaveAFirstToken() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ReplayTest::streamed)) {
            BenchPlan plan = plan(List.of(target("a", server)), new Load.Open(100, 8), 1);
            BenchResult result = new Bench(plan, proc, Ticker.system()).run(run -> {});
            assertThat(result.streamed()).isTrue();
            BenchRun run = result.runs().getFirst();
            assertThat(run.firstToken().count()).isEqualTo(run.latency().count());
            assertThat(run.firstToken().max()).isLessThanOrEqualTo(run.latency().max());
        }
    }

    @Test
    void failuresAreCountedByReasonAndHaveNoLatency() throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (ScriptedServer server =
                new ScriptedServer(request ->
                        number.incrementAndGet() % 2 == 0
                                ? json(503, "{}")
                                : ReplayTest.whole(request))) {
            BenchPlan plan = plan(List.of(target("a", server)), new Load.Open(200, 1), 1);
            BenchRun run = new Bench(plan, proc, Ticker.system()).run(each -> {}).runs().getFirst();
            assertThat(run.calls()).isEqualTo(40);
            assertThat(run.failures()).containsEntry("http_503", 20L);
            assertThat(run.latency().count()).isEqualTo(20);
        }
    }

    @Test
    void aClosedLoopUsesItsConnectionsOnly() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ReplayTest::whole)) {
            BenchPlan plan = plan(List.of(target("a", server)), new Load.Closed(3), 1);
            BenchRun run = new Bench(plan, proc, Ticker.system()).run(each -> {}).runs().getFirst();
            assertThat(run.calls()).isPositive();
            assertThat(run.failed()).isZero();
            assertThat(server.connections()).isEqualTo(4); // one of them only to see who is there
        }
    }

    @Test
    void cpuTimeIsReadFromTheProcessFileSystem() throws Exception {
        stat(4_000_001, 7, 3);
        stat(4_000_002, 0, 5);
        ProcessCpu cpu = new ProcessCpu(proc, List.of(4_000_001L, 4_000_002L));
        assertThat(cpu.nanos()).hasValue(150_000_000);
        assertThat(new ProcessCpu(proc, List.of()).nanos()).isEmpty();
    }

    @Test
    void aProcessThatIsNotThereIsSaid() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ReplayTest::whole)) {
            LoadTarget target =
                    new LoadTarget("a", server.baseUrl(), Headers.NONE, List.of(4_000_003L));
            BenchPlan plan = plan(List.of(target), new Load.Open(100, 1), 1);
            assertThatThrownBy(() -> new Bench(plan, proc, Ticker.system()).run(run -> {}))
                    .isInstanceOf(BenchFailed.class)
                    .hasMessageContaining("4000003");
        }
    }

    @Test
    void whatATargetAddsIsTheMedianOfTheDifferences() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ReplayTest::whole)) {
            BenchPlan plan =
                    plan(List.of(target("a", server), target("b", server)), new Load.Open(1, 1), 3);
            List<BenchRun> runs =
                    List.of(
                            run("a", 1, 10),
                            run("b", 1, 90),
                            run("a", 2, 100),
                            run("b", 2, 101),
                            run("a", 3, 10),
                            run("b", 3, 12));
            BenchResult result = new BenchResult(plan, runs);
            assertThat(result.median("a", run -> (double) run.latency().max())).isEqualTo(10);
            assertThat(result.median("b", run -> (double) run.latency().max())).isEqualTo(90);
            assertThat(result.added("b", run -> (double) run.latency().max())).isEqualTo(2);
            assertThat(result.medianIfThere("b", BenchRun::cpuMicrosPerCall)).isEmpty();
        }
    }

    private static BenchRun run(String target, int round, long latency) {
        Histogram histogram = new Histogram();
        histogram.record(latency);
        return new BenchRun(
                target,
                round,
                1,
                new TreeMap<>(),
                1,
                histogram,
                new Histogram(),
                new Histogram(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private void stat(long process, long user, long system) throws IOException {
        Path file = proc.resolve(Long.toString(process)).resolve("stat");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "%d (a name) with) S 1 2 3 4 5 6 7 8 9 10 %d %d 0 0 20 0"
                        .formatted(process, user, system));
    }

    private static BenchPlan plan(List<LoadTarget> targets, Load load, int rounds) {
        return new BenchPlan(
                targets,
                load,
                "/chat/completions",
                BODY,
                rounds,
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ZERO,
                Duration.ofSeconds(20));
    }

    private static LoadTarget target(String name, ScriptedServer server) {
        return new LoadTarget(name, server.baseUrl(), Headers.NONE, List.of());
    }
}
