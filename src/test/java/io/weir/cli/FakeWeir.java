package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * A server on a free port that gives the answers its test puts in, as Weir and its admin API do.
 */
final class FakeWeir implements AutoCloseable {
    static final String APP_KEY = "canary-app-key-5dd1";
    static final String ADMIN_KEY = "canary-admin-key-77ac";

    /** A request as it came. */
    record Request(String method, String target, String authorization, String body) {}

    /** Answers a request. */
    interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    FakeWeir() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::dispatch);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** Writes its keys into a data directory. */
    FakeWeir keysIn(Path directory) throws IOException {
        Files.writeString(directory.resolve("app.key"), APP_KEY + "\n", UTF_8);
        Files.writeString(directory.resolve("admin.key"), ADMIN_KEY + "\n", UTF_8);
        return this;
    }

    /** Answers a path, query and all, or else without its query. */
    FakeWeir on(String target, Handler handler) {
        handlers.put(target, handler);
        return this;
    }

    /** Answers a path with JSON. */
    FakeWeir json(String target, int status, String json) {
        return on(target, exchange -> send(exchange, status, "application/json", json));
    }

    /** Answers chat completions with a stream. */
    FakeWeir stream(List<String> data) {
        return on(
                "/v1/chat/completions",
                exchange -> {
                    exchange.getResponseHeaders().add("x-weir-call-id", "call-1");
                    String events = "data: " + String.join("\n\ndata: ", data) + "\n\n";
                    send(exchange, 200, "text/event-stream", events);
                });
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void dispatch(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(
                new Request(
                        exchange.getRequestMethod(),
                        target,
                        authorization == null ? "" : authorization,
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Handler handler = handlers.get(target);
        if (handler == null) {
            handler = handlers.get(exchange.getRequestURI().getPath());
        }
        String missing = "{\"error\":{\"message\":\"No such thing.\",\"code\":\"not_found\"}}";
        if (handler == null) {
            send(exchange, 404, "application/json", missing);
        } else {
            handler.handle(exchange);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
