package io.weir.export;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server of Java in a process of its own, with a class path of its own, on a port of loopback.
 */
final class JavaServer implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> command;
    private final Path log;
    private final int port;
    private @Nullable Process process;

    /**
     * Nothing runs yet.
     *
     * @param jars the directory of its class path
     * @param arguments the main class, and what it is given
     */
    JavaServer(Path jars, Path log, int port, List<String> arguments) {
        this.command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dlogback.configurationFile=" + log.resolveSibling("logback.xml"),
                                "-cp",
                                jars + "/*"));
        this.command.addAll(arguments);
        this.log = log;
        this.port = port;
    }

    /** Starts it, and waits until it listens. */
    void start() throws IOException {
        process = run();
        await().atMost(PATIENCE).until(this::listens);
    }

    /** Starts it, and waits until it has ended. */
    void runToItsEnd() throws IOException, InterruptedException {
        if (run().waitFor() != 0) {
            throw new IOException("it failed: see " + log);
        }
    }

    /** SIGKILL. */
    void kill9() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void close() {
        kill9();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process run() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
