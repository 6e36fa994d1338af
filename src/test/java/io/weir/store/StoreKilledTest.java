package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.store.StoreUnavailable.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves behind. */
class StoreKilledTest {
    private static final int CYCLES = 6;

    @TempDir private Path directory;
    @TempDir private Path temporary;

    @Test
    void isWholeAgainEachTimeItWasKilledWhileWriting() throws IOException, InterruptedException {
        Random random = new Random(5);
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            long acknowledged = feedAndKill(cycle % 2 + 1, random.nextInt(300));
            try (CallStore store = Stores.open(directory)) {
                long applied = store.appliedThrough();
                assertThat(applied).isGreaterThanOrEqualTo(acknowledged);
                assertThat(rows(store, "calls")).isEqualTo(applied);
                assertThat(rows(store, "attempts")).isEqualTo(2 * applied);
                assertThat(rows(store, "contents")).isEqualTo(applied);
            }
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(file -> file.toString().contains("duckdb"))).isEmpty();
        }
    }

    @Test
    void saysThatAnotherProcessHasIt() throws IOException, InterruptedException {
        Process feeder = feeder();
        try (BufferedReader acknowledgements = output(feeder);
                CallStore store = new CallStore(directory, Stores.CONFIG, System::nanoTime)) {
            assertThat(acknowledgements.readLine()).isNotNull();
            assertThatThrownBy(store::open)
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED))
                    .hasMessageContaining("another process");
        } finally {
            feeder.destroyForcibly().waitFor();
        }
    }

    private long feedAndKill(int batches, int millisIntoTheNext)
            throws IOException, InterruptedException {
        Process feeder = feeder();
        long last = 0;
        try (BufferedReader acknowledgements = output(feeder)) {
            for (int i = 0; i < batches; i++) {
                String line = acknowledgements.readLine();
                assertThat(line).as("the feeder goes on until it is killed").isNotNull();
                last = Long.parseLong(line);
            }
            long until = System.nanoTime() + millisIntoTheNext * 1_000_000L;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        } finally {
            feeder.destroyForcibly().waitFor();
        }
        return last;
    }

    private Process feeder() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreFeeder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static long rows(CallStore store, String table) throws StoreUnavailable {
        return Long.parseLong(
                String.valueOf(
                        store.table(
                                        "SELECT count(*) FROM " + table,
                                        List.of(),
                                        List.of(new Column("n", Unit.NUMBER)))
                                .cell(0, "n")));
    }
}
