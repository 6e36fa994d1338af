package io.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import io.weir.outbound.LoopbackServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every destination and channel that there is no server for in this process: takes whatever comes,
 * says that it is well, and remembers what it was sent, by the first word of the path.
 */
final class Sinkhole implements Closeable {
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
    private final Map<String, String> received = new ConcurrentHashMap<>();

    Sinkhole(Path directory) throws IOException {
        this.directory = directory;
        this.http = LoopbackServer.plain(this::take);
        this.syslog = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
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
        alerts:
          channels:
            - {name: hook, kind: webhook, url: "%1$s/hook", secret: "env:OWN_SECRET", allow: [127.0.0.1]}
            - {name: slack, kind: slack, url: "env:SLACK_URL", allow: [127.0.0.1]}
            - {name: pager, kind: pagerduty, url: "%1$s/pagerduty", routing_key: "env:OWN_SECRET", allow: [127.0.0.1]}
            - {name: other, kind: template, url: "%1$s/template", headers: {authorization: "env:OWN_SECRET"}, body: {text: "{{text}}"}, allow: [127.0.0.1]}
          rules:
            - {name: any, metric: calls, above: 0, window: 10m, by: [model, user]}
            - {name: failures, metric: error_rate, above: 0, at_least: 1, window: 10m, by: [endpoint, key]}
        """
                .formatted(url, syslog.getLocalPort());
    }

    /** The URL that is a secret. */
    String slackUrl() {
        return http.settings("/slack/" + "T0/B0/0wn5ecretPath", false).url().toString();
    }

    /** Who was sent something. */
    Set<String> heard() {
        return Set.copyOf(received.keySet());
    }

    /** What somebody was sent. */
    String sentTo(String name) {
        return received.getOrDefault(name, "");
    }

    @Override
    public void close() throws IOException {
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
