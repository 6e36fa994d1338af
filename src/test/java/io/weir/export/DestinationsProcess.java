package io.weir.export;

import io.weir.wire.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ArrayNode;

/** {@link AllDestinations} in a process of their own, so that they take no memory of this one. */
final class DestinationsProcess implements OtherSide {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter told;
    private final ArrayNode exporters;

    /** Starts them, with a class path like this process's. */
    DestinationsProcess(Path directory) throws IOException {
        process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx3g",
                                        "-XX:+UseSerialGC",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        AllDestinations.class.getName(),
                                        directory.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        told = process.outputWriter(StandardCharsets.UTF_8);
        exporters = (ArrayNode) Json.MAPPER.readTree(line()).path("exporters");
    }

    @Override
    public ArrayNode exporters() {
        return exporters.deepCopy();
    }

    @Override
    public void down() throws IOException {
        tell("down");
    }

    @Override
    public void up() throws IOException {
        tell("up");
    }

    @Override
    public Map<String, Tally> tallies(int sent) throws IOException {
        return Json.MAPPER.readValue(tell("tallies " + sent), new TypeReference<>() {});
    }

    /** It ends when nobody tells it anything any more. */
    @Override
    public void close() throws IOException {
        told.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String tell(String what) throws IOException {
        told.write(what);
        told.newLine();
        told.flush();
        return line();
    }

    private String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the destinations' process has ended");
        }
        return line;
    }
}
