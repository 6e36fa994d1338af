package io.weir.export;

import static org.awaitility.Awaitility.await;

import io.weir.outbound.Certificate;
import io.weir.outbound.HttpSettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real rsyslogd on loopback, of this user, that writes a line for each message: priority, host,
 * program, message id, structured data, time and text, with a bar in between. Its program is {@code
 * RSYSLOG} of the environment, in a tree as Debian's packages unpack to, or Debian's.
 */
final class RsyslogServer implements Closeable {
    static final String VARIABLE = "RSYSLOG";
    static final String USUALLY = "/usr/sbin/rsyslogd";

    private static final Path PROGRAM = NeedsServer.Condition.path(VARIABLE, USUALLY);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ID = Pattern.compile("\"id\":\"([-0-9a-f]{36})\"");

    private final Path directory;
    private final Optional<Certificate> certificate;
    private final int port;
    private @Nullable Process process;

    private RsyslogServer(Path directory, Optional<Certificate> certificate, int port) {
        this.directory = directory;
        this.certificate = certificate;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param certificate for TLS
     */
    static RsyslogServer in(Path directory, Optional<Certificate> certificate) throws IOException {
        RsyslogServer server = new RsyslogServer(directory, certificate, freePort());
        Files.writeString(directory.resolve("rsyslog.conf"), server.config());
        server.start();
        return server;
    }

    /** Starts it where it is not running, and waits until it listens. */
    void start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        PROGRAM.toString(),
                        "-n",
                        "-f",
                        directory.resolve("rsyslog.conf").toString(),
                        "-i",
                        directory.resolve("rsyslog.pid").toString(),
                        "-M",
                        libraries().resolve("rsyslog").toString());
        Files.deleteIfExists(directory.resolve("rsyslog.pid"));
        builder.environment().put("LD_LIBRARY_PATH", libraries().toString());
        process =
                builder.redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve("rsyslog.log").toFile()))
                        .start();
        await().atMost(PATIENCE).until(this::listens);
    }

    /** SIGSTOP: it takes connections, and reads nothing. */
    void freeze() throws IOException, InterruptedException {
        String pid = Long.toString(Objects.requireNonNull(process).pid());
        if (new ProcessBuilder("kill", "-STOP", pid).inheritIO().start().waitFor() != 0) {
            throw new IOException("kill -STOP " + pid);
        }
    }

    /** SIGKILL. */
    void kill9() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    HttpSettings settings(Duration whole) {
        String scheme = certificate.isPresent() ? "tls" : "tcp";
        return new HttpSettings(
                URI.create("%s://127.0.0.1:%d".formatted(scheme, port)),
                List.of("127.0.0.1"),
                certificate.map(Certificate::pem),
                Duration.ofSeconds(20),
                whole,
                false);
    }

    /** What it has written, in order. */
    List<String> lines() throws IOException {
        Path out = directory.resolve("messages");
        return Files.exists(out) ? Files.readAllLines(out) : List.of();
    }

    /** The calls of its lines. */
    List<UUID> ids() throws IOException {
        return lines().stream()
                .flatMap(line -> ID.matcher(line).results().limit(1))
                .map(found -> UUID.fromString(found.group(1)))
                .toList();
    }

    @Override
    public void close() {
        kill9();
    }

    private String config() {
        String tls =
                certificate
                        .map(it ->
                                """
                                global(defaultNetstreamDriver="ossl"
                                  defaultNetstreamDriverCAFile="%1$s"
                                  defaultNetstreamDriverCertFile="%1$s"
                                  defaultNetstreamDriverKeyFile="%2$s")
                                module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1"
                                  streamDriver.authMode="anon")
                                """
                                        .formatted(it.pem(), it.key()))
                        .orElse("module(load=\"imtcp\")\n");
        return """
        global(workDirectory="%1$s")
        %2$s
        input(type="imtcp" port="%3$d" address="127.0.0.1")
        template(name="line" type="list") {
          property(name="pri") constant(value="|")
          property(name="hostname") constant(value="|")
          property(name="app-name") constant(value="|")
          property(name="msgid") constant(value="|")
          property(name="structured-data") constant(value="|")
          property(name="timereported" dateFormat="rfc3339") constant(value="|")
          property(name="msg") constant(value="\\n")
        }
        action(type="omfile" file="%1$s/messages" template="line")
        """
                .formatted(directory, tls, port);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code usr/lib/x86_64-linux-gnu} beside {@code usr/sbin}. */
    private static Path libraries() throws IOException {
        Path lib = PROGRAM.toAbsolutePath().resolve("../../lib").normalize();
        try (Stream<Path> all = Files.list(lib)) {
            return all.filter(one -> Files.isDirectory(one.resolve("rsyslog")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
