package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * An hour of a real service's load, played as fast as this machine can: every token is accounted
 * for.
 */
class AzureTraceIT {
    private static final Path TRACE =
            Path.of("src/test/data/traces/AzureLLMInferenceTrace_conv.csv");
    private static final int CALLS = 19_366;

    @TempDir private Path directory;

    @Test
    void storesEveryCallAndEveryTokenOfAnHour() throws IOException, InterruptedException {
        Sums trace = trace();
        assertThat(trace.calls()).isEqualTo(CALLS);
        try (RunningWeir weir =
                RunningWeir.in(directory.resolve("data"))
                        .config("emulator: {first_token: 0ms, per_token: 0ms}\n")
                        .start()) {
            ChildProcess.Ended replay =
                    weir.command(
                            "replay",
                            TRACE.toString(),
                            "--speed",
                            "100000",
                            "--concurrency",
                            "16",
                            "--whole",
                            "--json");
            assertThat(replay.exitCode()).as(replay.stdout() + replay.stderr()).isZero();
            JsonNode seen = Json.MAPPER.readTree(replay.stdout());
            assertThat(seen.path("succeeded").intValue()).isEqualTo(CALLS);
            assertThat(seen.path("calls_differing_from_trace").intValue()).isZero();

            assertThat(stored(weir)).isEqualTo(trace);
            assertThat(reported(weir)).isEqualTo(trace);
        }
    }

    /** How many calls, and the tokens of all of them. */
    private record Sums(long calls, long input, long output) {}

    private static Sums trace() throws IOException {
        try (Stream<String> lines = Files.lines(TRACE)) {
            List<String[]> rows = lines.skip(1).map(line -> line.split(",", -1)).toList();
            return new Sums(
                    rows.size(),
                    rows.stream().mapToLong(row -> Long.parseLong(row[1])).sum(),
                    rows.stream().mapToLong(row -> Long.parseLong(row[2])).sum());
        }
    }

    private static Sums stored(RunningWeir weir) {
        List<JsonNode> calls = new StoredCalls(weir).atLeast("", CALLS);
        Set<String> ids = new HashSet<>();
        long input = 0;
        long output = 0;
        for (JsonNode call : calls) {
            assertThat(ids.add(call.path("id").asString())).isTrue();
            assertThat(call.path("usage_confidence").stringValue()).isEqualTo("provider");
            input += call.path("total_input_tokens").longValue();
            output += call.path("total_output_tokens").longValue();
        }
        return new Sums(calls.size(), input, output);
    }

    private static Sums reported(RunningWeir weir) throws IOException, InterruptedException {
        ChildProcess.Ended report = weir.command("report", "usage", "--json");
        assertThat(report.exitCode()).as(report.stderr()).isZero();
        JsonNode table = Json.MAPPER.readTree(report.stdout());
        List<String> names =
                table.path("columns")
                        .valueStream()
                        .map(column -> column.path("name").asString())
                        .toList();
        JsonNode row = table.path("rows").path(0);
        return new Sums(
                row.path(names.indexOf("calls")).longValue(),
                row.path(names.indexOf("total_input_tokens")).longValue(),
                row.path(names.indexOf("total_output_tokens")).longValue());
    }
}
