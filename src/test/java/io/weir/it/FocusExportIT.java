package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.ChatCalls.Chat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FocusExportIT {
    @TempDir private Path directory;

    @Test
    void theExportOfTheJarAddsUpToTheLedger() throws IOException, InterruptedException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String[] command = {
            "export", "focus", "--since", today.toString(), "--until", today.plusDays(2).toString()
        };
        try (RunningWeir weir = RunningWeir.in(directory.resolve("data")).start()) {
            ChatCalls calls = new ChatCalls(weir.origin());
            calls.ask(weir.appKey(), Chat.with("gpt-4o-mini"));
            calls.ask(weir.appKey(), Chat.with("gpt-4.1").streamed());
            calls.ask(weir.appKey(), Chat.with("error-500"));
            List<JsonNode> stored = new StoredCalls(weir).atLeast("", 3);

            ChildProcess.Ended csv = weir.command(command);
            assertThat(csv.exitCode()).as(csv.stderr()).isZero();
            List<String> lines = csv.stdout().lines().toList();
            assertThat(lines.getFirst()).startsWith("BilledCost,BillingAccountId,");
            assertThat(lines).hasSize(5);
            BigDecimal exported =
                    lines.stream()
                            .skip(1)
                            .map(line -> new BigDecimal(line.substring(0, line.indexOf(','))))
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(exported).isEqualByComparingTo(BigDecimal.valueOf(nanoUsd(stored), 9));

            Path file = directory.resolve("days.parquet");
            ChildProcess.Ended parquet =
                    weir.command(with(command, "--format", "parquet", "--output", file.toString()));
            assertThat(parquet.exitCode()).as(parquet.stderr()).isZero();
            assertThat(Files.readAllBytes(file)).startsWith('P', 'A', 'R', '1');
        }
    }

    private static long nanoUsd(List<JsonNode> calls) {
        return calls.stream().mapToLong(call -> call.path("cost_nano_usd").asLong(0)).sum();
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
    }
}
