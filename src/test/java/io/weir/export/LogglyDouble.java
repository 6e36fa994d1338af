package io.weir.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.weir.outbound.LoopbackServer;
import io.weir.outbound.Troubles;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Loggly's bulk endpoint as far as an exporter can tell. */
public final class LogglyDouble implements HttpHandler {
    public static final String TOKEN = "11111111-2222-3333-4444-555555555555";

    /** What events are tagged with. */
    public static final List<String> TAGS = List.of("weir", "llm");

    /** Takes the batch and closes the connection instead of answering. */
    static final int ANSWER_LOST = 0;

    /** A page of some other server's. */
    static final int NOT_LOGGLY = 200;

    private static final int BATCH_BYTES = 5_000_000;
    private static final int EVENT_BYTES = 1_000_000;

    private final Troubles<Integer> statuses = new Troubles<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Consumer<JsonNode> taken;

    /** Remembers what it has. */
    public LogglyDouble() {
        taken = events::add;
    }

    /** Remembers nothing, and tells the calls that it was sent. */
    LogglyDouble(Consumer<UUID> taken) {
        this.taken = event -> taken.accept(UUID.fromString(event.path("id").asString("")));
    }

    /** The next requests are answered so, in this order. */
    void next(Integer... next) {
        statuses.next(List.of(next));
    }

    /** From now on all are answered so; null for as they should be. */
    void lasting(@Nullable Integer status) {
        statuses.lasting(status);
    }

    /** The calls it has, in order. */
    List<UUID> received() {
        return events.stream()
                .map(event -> UUID.fromString(event.path("id").asString("")))
                .toList();
    }

    /** What it has read of them, line by line. */
    public List<JsonNode> events() {
        return events;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        byte[] body = LoopbackServer.body(exchange);
        String path = exchange.getRequestURI().toString();
        Integer status = statuses.poll();
        if (status != null && status != ANSWER_LOST) {
            if (status == 429 || status == 503) {
                exchange.getResponseHeaders().set("retry-after", "7");
            }
            LoopbackServer.answer(exchange, status, "<html>" + path + "</html>");
        } else if (!path.matches("/bulk/[^/]+/tag/[^/]+/")) {
            LoopbackServer.answer(exchange, 404, "");
        } else if (!path.equals("/bulk/" + TOKEN + "/tag/" + String.join(",", TAGS) + "/")) {
            LoopbackServer.answer(
                    exchange, 403, "{\"message\":\"no such token: %s\"}".formatted(path));
        } else {
            take(exchange, body, status != null);
        }
    }

    private void take(HttpExchange exchange, byte[] body, boolean lost) throws IOException {
        List<String> lines = new String(body, StandardCharsets.UTF_8).lines().toList();
        boolean large =
                lines.stream()
                        .anyMatch(
                                line -> line.getBytes(StandardCharsets.UTF_8).length > EVENT_BYTES);
        if (body.length > BATCH_BYTES || large) {
            LoopbackServer.answer(exchange, 413, "");
            return;
        }
        lines.stream().map(Json.MAPPER::readTree).forEach(taken);
        if (lost) {
            exchange.close();
        } else {
            LoopbackServer.answer(exchange, 200, "{\"response\" : \"ok\"}");
        }
    }
}
