package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.replay.BenchResult;
import io.weir.replay.BenchRun;
import io.weir.replay.Histogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Writes down everything a benchmark measured, so that others can check its figures. */
final class RawBench {
    private RawBench() {}

    /** Writes {@code summary.json} and a histogram for each turn. */
    static void write(BenchResult result, JsonNode summary, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("summary.json"), summary.toPrettyString() + "\n", UTF_8);
        for (BenchRun run : result.runs()) {
            String name = run.target() + "-" + run.round();
            write(run.latency(), directory.resolve(name + "-latency.csv"));
            if (run.firstToken().count() > 0) {
                write(run.firstToken(), directory.resolve(name + "-first-token.csv"));
            }
        }
    }

    private static void write(Histogram histogram, Path file) throws IOException {
        StringBuilder text = new StringBuilder("nanoseconds,calls\n");
        histogram.forEachBucket(
                (nanos, count) -> text.append(nanos).append(',').append(count).append('\n'));
        Files.writeString(file, text, UTF_8);
    }
}
