package io.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import io.weir.export.KafkaServer;
import io.weir.export.otlp.OtlpDouble;
import io.weir.export.otlp.OtlpServer;
import io.weir.outbound.Certificate;
import io.weir.outbound.LoopbackServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every destination and channel: takes whatever comes, says that it is well, and remembers what it
 * was sent, by the first word of the path. OTLP over gRPC, mail and Kafka have servers of their
 * own; that of Kafka is left out where it is not installed.
 */
final class Sinkhole implements Closeable {
    private static final String TOPIC = "calls";
    private static final int PARQUET_COLUMNS = 200;

    /** What a destination wants to hear; nothing for the others. */
    private static final Map<String, String> ANSWERS =
            Map.of(
                    "splunk",
                    "{\"text\":\"Success\",\"code\":0}",
                    "loggly",
                    "{\"response\":\"ok\"}",
                    "slack",
                    "ok",
                    "pagerduty",
                    "{\"status\":\"success\"}");

    private final Path directory;
    private final LoopbackServer http;
    private final ServerSocket syslog;
    private final OtlpDouble otlp = new OtlpDouble();
    private final OtlpServer grpc;
    private final Mailbox mailbox;
    private final Certificate certificate;
    private final Optional<KafkaServer> kafka;
    private final Map<String, String> received = new ConcurrentHashMap<>();

    /** One whose mail server wants that password. */
    Sinkhole(Path directory, String password)
            throws IOException, InterruptedException, GeneralSecurityException {
        this.directory = directory;
        this.http = LoopbackServer.plain(this::take);
        this.syslog = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.grpc = OtlpServer.Protocol.GRPC.serve(otlp, Optional.empty());
        this.mailbox = Mailbox.of("weir", password);
        this.certificate = Certificate.of(directory, "ip:127.0.0.1");
        this.kafka =
                KafkaServer.isInstalled("Sinkhole")
                        ? Optional.of(KafkaServer.in(directory, certificate))
                        : Optional.empty();
        Thread.ofVirtual().start(this::listen);
    }

    /** What a configuration says of it, each destination and channel with a secret of its own. */
    String config() {
        String url = http.settings("", false).url().toString();
        return """
        exporters:
          - {name: splunk, kind: splunk, url: "%1$s/splunk", token: "env:OWN_SECRET", allow: [127.0.0.1], batch: {age: 20ms}}
          - {name: loggly, kind: loggly, url: "%1$s/loggly", token: "env:OWN_SECRET", allow: [127.0.0.1], batch: {age: 20ms}}
          - {name: own, kind: webhook, url: "%1$s/webhook", secret: "env:OWN_SECRET", allow: [127.0.0.1], batch: {age: 20ms}}
          - {name: otlp, kind: otlp, url: "%1$s/otlp", signals: [traces, logs, metrics], headers: {x-own: "env:OWN_SECRET"}, allow: [127.0.0.1], batch: {age: 20ms}}
          - {name: lake, kind: s3, url: "%1$s/s3", bucket: lake, region: here, access_key: "env:OWN_SECRET", secret_key: "env:OWN_SECRET", path_style: true, allow: [127.0.0.1], batch: {age: 20ms}}
          - {name: log, kind: syslog, url: "tcp://127.0.0.1:%2$d", allow: [127.0.0.1], batch: {age: 20ms}}
          - {name: file, kind: jsonl, path: shipped.jsonl, batch: {age: 20ms}}
          - {name: grpc, kind: otlp, protocol: grpc, url: "http://127.0.0.1:%3$d", signals: [traces, logs, metrics], headers: {x-own: "env:OWN_SECRET"}, allow: [127.0.0.1], batch: {age: 20ms}}
        %4$s
        alerts:
          channels:
            - {name: hook, kind: webhook, url: "%1$s/hook", secret: "env:OWN_SECRET", allow: [127.0.0.1]}
            - {name: slack, kind: slack, url: "env:SLACK_URL", allow: [127.0.0.1]}
            - {name: pager, kind: pagerduty, url: "%1$s/pagerduty", routing_key: "env:OWN_SECRET", allow: [127.0.0.1]}
            - {name: other, kind: template, url: "%1$s/template", headers: {authorization: "env:OWN_SECRET"}, body: {text: "{{text}}"}, allow: [127.0.0.1]}
            - {name: mail, kind: email, host: 127.0.0.1, port: %5$d, tls: none, user: weir, password: "env:OWN_SECRET", from: weir@example.com, to: [%6$s], allow: [127.0.0.1]}
          rules:
            - {name: any, metric: calls, above: 0, window: 1m, by: [model, user]}
            - {name: failures, metric: error_rate, above: 0, at_least: 1, window: 1m, by: [endpoint, key]}
        """
                .formatted(
                        url,
                        syslog.getLocalPort(),
                        grpc.port(),
                        kafka.map(this::exporter).orElse(""),
                        mailbox.port(),
                        Mailbox.ADDRESS);
    }

    private String exporter(KafkaServer broker) {
        return """
          - {name: bus, kind: kafka, servers: ['%s'], topic: %s, security: sasl_ssl, username: %s, password: "env:KAFKA_SECRET", allow: [127.0.0.1], certificates: '%s', batch: {age: 20ms}}\
        """
                .formatted(
                        broker.address(KafkaServer.Listener.SASL),
                        TOPIC,
                        KafkaServer.SCRAM_USER,
                        certificate.pem());
    }

    /** The URL that is a secret. */
    String slackUrl() {
        return http.settings("/slack/" + "T0/B0/0wn5ecretPath", false).url().toString();
    }

    /** Who has been sent that text, all but Kafka. */
    Set<String> heardOf(String text) {
        Map<String, String> sent = sent();
        sent.values().removeIf(each -> !each.contains(text));
        return sent.keySet();
    }

    /** What each has been sent. */
    Map<String, String> everything() {
        Map<String, String> sent = sent();
        kafka.ifPresent(broker -> sent.put("kafka", broker.received(TOPIC).toString()));
        return sent;
    }

    private Map<String, String> sent() {
        Map<String, String> sent = new TreeMap<>(received);
        sent.put("otlp-grpc", otlp.sent());
        sent.put("email", mailbox.mails().toString());
        return sent;
    }

    @Override
    public void close() throws IOException {
        kafka.ifPresent(KafkaServer::close);
        mailbox.close();
        grpc.close();
        http.close();
        syslog.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String name = path.split("[/?]", 3)[1];
        byte[] body = LoopbackServer.body(exchange);
        StringBuilder text = new StringBuilder(path);
        exchange.getRequestHeaders().forEach((field, values) -> text.append(field).append(values));
        text.append(name.equals("s3") ? parquet(body) : new String(body, ISO_8859_1));
        add(name, text.toString());
        exchange.getResponseHeaders()
                .add(
                        "content-type",
                        name.equals("otlp") ? "application/x-protobuf" : "application/json");
        LoopbackServer.answer(
                exchange, name.equals("pagerduty") ? 202 : 200, ANSWERS.getOrDefault(name, ""));
    }

    private void listen() {
        try {
            while (true) {
                try (Socket socket = syslog.accept()) {
                    add("syslog", new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
                }
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void add(String name, String text) {
        received.merge(name, text + "\n", String::concat);
    }

    /** Every cell of a file of columns. */
    private String parquet(byte[] body) throws IOException {
        Path file = Files.createTempFile(directory, "shipped", ".parquet");
        Files.write(file, body);
        StringBuilder cells = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM '" + file + "'")) {
            int columns = Math.min(PARQUET_COLUMNS, rows.getMetaData().getColumnCount());
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    cells.append(rows.getString(i)).append('\n');
                }
            }
        } catch (SQLException e) {
            throw new IOException("not Parquet", e);
        }
        return cells.toString();
    }
}
