package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of the packaged jar in a process of its own. Two threads gather what it prints, under
 * this object's lock.
 */
public final class ChildProcess {
    private final Process process;
    private final StringBuilder stdout = new StringBuilder();
    private final StringBuilder stderr = new StringBuilder();
    private final Thread stdoutReader;
    private final Thread stderrReader;

    private ChildProcess(Process process) {
        this.process = process;
        this.stdoutReader = gather(process.inputReader(UTF_8), stdout);
        this.stderrReader = gather(process.errorReader(UTF_8), stderr);
    }

    /** How a process ended, and all it had printed. */
    public record Ended(int exitCode, String stdout, String stderr) {}

    /**
     * Starts {@code java -jar weir.jar ARGUMENTS} with nothing of OpenAI's or Weir's own in its
     * environment but what is given.
     */
    public static ChildProcess weir(
            List<String> jvm, List<String> arguments, Map<String, String> environment)
            throws IOException {
        Path jar = Path.of(System.getProperty("weir.jar", "target/weir.jar")).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is not there: package it first.");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("OPENAI_") || name.startsWith("WEIR_"));
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start());
    }

    /** What it has printed so far. */
    public synchronized String stdout() {
        return stdout.toString();
    }

    /** What it has complained about so far. */
    public synchronized String stderr() {
        return stderr.toString();
    }

    /** The process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits until what it has printed contains the pattern. */
    public synchronized Matcher awaitOutput(Pattern pattern, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Matcher matcher = pattern.matcher(stdout());
            if (matcher.find()) {
                return matcher;
            }
            if (!stdoutReader.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "never printed " + pattern + "\n" + stdout() + "\n" + stderr());
            }
            wait(200);
        }
    }

    /** Waits until it has ended; one that does not is killed. */
    public Ended awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not end\n" + stdout() + "\n" + stderr());
        }
        stdoutReader.join(patience);
        stderrReader.join(patience);
        return new Ended(process.exitValue(), stdout(), stderr());
    }

    private Thread gather(BufferedReader from, StringBuilder to) {
        return Thread.startVirtualThread(() -> copy(from, to));
    }

    private void copy(Reader from, StringBuilder to) {
        char[] piece = new char[4096];
        try (from) {
            for (int count = from.read(piece); count >= 0; count = from.read(piece)) {
                append(to, piece, count);
            }
        } catch (IOException e) {
            char[] reason = ("\n(" + e.getMessage() + ")\n").toCharArray();
            append(to, reason, reason.length);
        }
    }

    private synchronized void append(StringBuilder to, char[] piece, int count) {
        to.append(piece, 0, count);
        notifyAll();
    }
}
