package io.weir.export;

import com.sun.net.httpserver.HttpHandler;
import io.weir.export.otlp.OtlpDouble;
import io.weir.export.otlp.OtlpServer;
import io.weir.outbound.Certificate;
import io.weir.outbound.LoopbackServer;
import io.weir.wire.Json;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A double of each kind of destination, and a real Kafka, that count the calls they are sent. As a
 * process of its own it says the exporters' configuration first, and then answers each line it is
 * told: {@code down}, {@code up}, {@code tallies} and how many.
 */
final class AllDestinations implements OtherSide {
    private static final String TOPIC = "calls";

    private final Path directory;
    private final List<End> ends = new ArrayList<>();
    private final List<Closeable> servers = new ArrayList<>();

    /** One destination: how it is sent to, goes away, comes back, and what it has. */
    private record End(ObjectNode exporter, Act down, Act up, Counting received) {}

    @FunctionalInterface
    private interface Act {
        void run() throws IOException, GeneralSecurityException;
    }

    @FunctionalInterface
    private interface Counting {
        Receipts receipts() throws IOException;
    }

    AllDestinations(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        loggly();
        splunk();
        webhook();
        otlpOverHttp();
        otlpOverGrpc();
        syslog();
        objectStore();
        lines();
        kafka();
    }

    /** Argument: a directory of its own. */
    public static void main(String[] arguments) throws Exception {
        try (AllDestinations all = new AllDestinations(Path.of(arguments[0]));
                BufferedReader told =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Runtime.getRuntime().addShutdownHook(new Thread(all::closeAtLast));
            ObjectNode config = Json.MAPPER.createObjectNode();
            config.set("exporters", all.exporters());
            System.out.println(config);
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                System.out.println(all.answer(line.split(" ")));
            }
        }
    }

    @Override
    public ArrayNode exporters() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        ends.forEach(end -> all.add(end.exporter().deepCopy()));
        return all;
    }

    @Override
    public void down() throws IOException {
        for (End end : ends) {
            run(end.down());
        }
    }

    @Override
    public void up() throws IOException {
        for (End end : ends) {
            run(end.up());
        }
    }

    @Override
    public Map<String, Tally> tallies(int sent) throws IOException {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (End end : ends) {
            Tally tally = end.received().receipts().tally(sent);
            tallies.put(end.exporter().path("name").asString(), tally);
        }
        return tallies;
    }

    @Override
    public void close() throws IOException {
        for (Closeable server : servers) {
            server.close();
        }
    }

    /** A Kafka would outlive this process. */
    private void closeAtLast() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String[] told) throws IOException {
        switch (told[0]) {
            case "down" -> down();
            case "up" -> up();
            case "tallies" -> {
                return Json.MAPPER.writeValueAsString(tallies(Integer.parseInt(told[1])));
            }
            default -> throw new IOException("not to be told " + told[0]);
        }
        return "done";
    }

    private static void run(Act act) throws IOException {
        try {
            act.run();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void loggly() throws IOException {
        Receipts received = new Receipts();
        LogglyDouble loggly = new LogglyDouble(received);
        ObjectNode exporter = exporter("loggly", "loggly", serve(loggly));
        exporter.put("token", secret("loggly", LogglyDouble.TOKEN));
        exporter.putArray("tags").add("weir").add("llm");
        ends.add(
                new End(
                        exporter,
                        () -> loggly.lasting(503),
                        () -> loggly.lasting(null),
                        () -> received));
    }

    private void splunk() throws IOException {
        Receipts received = new Receipts();
        SplunkDouble splunk = new SplunkDouble(received);
        ObjectNode exporter = exporter("splunk", "splunk", serve(splunk));
        exporter.put("token", secret("splunk", SplunkDouble.TOKEN));
        ends.add(
                new End(
                        exporter,
                        () -> splunk.lasting(SplunkDouble.Trouble.BUSY),
                        () -> splunk.lasting(null),
                        () -> received));
    }

    private void webhook() throws IOException {
        Receipts received = new Receipts();
        WebhookDouble webhook = new WebhookDouble(InstantSource.system(), received);
        ObjectNode exporter = exporter("webhook", "webhook", serve(webhook));
        exporter.put("secret", secret("webhook", WebhookDouble.SECRET));
        ends.add(
                new End(
                        exporter,
                        () -> webhook.lasting(503),
                        () -> webhook.lasting(null),
                        () -> received));
    }

    /** Away, it does not answer. */
    private void otlpOverHttp() throws IOException, GeneralSecurityException {
        Receipts received = new Receipts();
        OtlpDouble minded = new OtlpDouble(received);
        OtlpServer server = OtlpServer.Protocol.HTTP.serve(minded, Optional.empty());
        servers.add(server);
        ends.add(
                new End(
                        exporter("otlp-http", "otlp", url("http", server.port())),
                        () -> minded.lasting(OtlpDouble.Trouble.SILENT),
                        () -> minded.lasting(null),
                        () -> received));
    }

    /** Away, it refuses connections. */
    private void otlpOverGrpc() throws IOException, GeneralSecurityException {
        Receipts received = new Receipts();
        OtlpDouble minded = new OtlpDouble(received);
        int port = JavaServer.freePort();
        Restarted server =
                started(() -> OtlpServer.Protocol.GRPC.serve(minded, Optional.empty(), port));
        ObjectNode exporter = exporter("otlp-grpc", "otlp", url("http", port));
        exporter.put("protocol", "grpc");
        ends.add(new End(exporter, server::close, server::start, () -> received));
    }

    /** Away, it refuses connections. */
    private void syslog() throws IOException, GeneralSecurityException {
        Receipts received = new Receipts();
        int port = JavaServer.freePort();
        Restarted server = started(() -> new SyslogDouble(port, received));
        ends.add(
                new End(
                        exporter("syslog", "syslog", url("tcp", port)),
                        server::close,
                        server::start,
                        () -> received));
    }

    /** Away, it does not answer. */
    private void objectStore() throws IOException {
        S3Double store = new S3Double();
        ObjectNode exporter = exporter("s3", "s3", serve(store));
        exporter.put("bucket", "calls");
        exporter.put("access_key", secret("access", "AKIDEXAMPLE"));
        exporter.put("secret_key", secret("s3", "s3cret-key"));
        ends.add(
                new End(
                        exporter,
                        () -> store.lasting(S3Double.Trouble.SILENT),
                        () -> store.lasting(null),
                        () -> counted(store.calls().map(Object::toString))));
    }

    /** Away, there is a directory where the file should be. */
    private void lines() {
        Path file = directory.resolve("shipped.jsonl").toAbsolutePath();
        ObjectNode exporter = Json.MAPPER.createObjectNode();
        exporter.put("name", "jsonl").put("kind", "jsonl").put("path", file.toString());
        exporter.put("rotate", "100GiB");
        ends.add(
                new End(
                        exporter,
                        () -> Files.createDirectory(file),
                        () -> Files.delete(file),
                        () -> counted(file)));
    }

    /** Away, it refuses connections: it is killed. */
    private void kafka() throws Exception {
        Certificate certificate = Certificate.of(directory, "ip:127.0.0.1");
        KafkaServer server = KafkaServer.in(directory, certificate);
        servers.add(server);
        server.make(TOPIC, Map.of());
        ObjectNode exporter = Json.MAPPER.createObjectNode();
        exporter.put("name", "kafka").put("kind", "kafka").put("topic", TOPIC);
        exporter.putArray("servers").add(server.address(KafkaServer.Listener.PLAINTEXT));
        exporter.put("security", "plaintext").putArray("allow").add("127.0.0.1");
        ends.add(
                new End(
                        exporter,
                        server.server()::kill9,
                        server.server()::start,
                        () -> {
                            Receipts received = new Receipts();
                            server.ids(TOPIC, received);
                            return received;
                        }));
    }

    private String serve(HttpHandler handler) throws IOException {
        LoopbackServer server = LoopbackServer.plain(handler);
        servers.add(server);
        return server.settings("", false).url().toString();
    }

    private String secret(String name, String secret) throws IOException {
        return "file:" + Files.writeString(directory.resolve(name), secret).toAbsolutePath();
    }

    private Restarted started(Restarted.Opening opening)
            throws IOException, GeneralSecurityException {
        Restarted server = new Restarted(opening);
        servers.add(server);
        server.start();
        return server;
    }

    private static ObjectNode exporter(String name, String kind, String url) {
        ObjectNode exporter = Json.MAPPER.createObjectNode();
        exporter.put("name", name).put("kind", kind).put("url", url);
        exporter.putArray("allow").add("127.0.0.1");
        return exporter;
    }

    private static String url(String scheme, int port) {
        return "%s://127.0.0.1:%d".formatted(scheme, port);
    }

    private static Receipts counted(Path lines) throws IOException {
        if (!Files.exists(lines)) {
            return new Receipts();
        }
        try (Stream<String> all = Files.lines(lines)) {
            return counted(all.map(AllDestinations::id));
        }
    }

    private static Receipts counted(Stream<String> ids) {
        Receipts received = new Receipts();
        ids.map(UUID::fromString).forEach(received);
        return received;
    }

    private static String id(String json) {
        return Json.MAPPER.readTree(json).path("id").asString();
    }

    /** A server that is closed, and opened anew on the same port. */
    private static final class Restarted implements Closeable {
        private final Opening opening;
        private @Nullable Closeable server;

        Restarted(Opening opening) {
            this.opening = opening;
        }

        @FunctionalInterface
        interface Opening {
            Closeable open() throws IOException, GeneralSecurityException;
        }

        void start() throws IOException, GeneralSecurityException {
            server = opening.open();
        }

        @Override
        public void close() {
            try {
                if (server != null) {
                    server.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = null;
        }
    }
}
