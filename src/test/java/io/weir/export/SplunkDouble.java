package io.weir.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.weir.outbound.LoopbackServer;
import io.weir.outbound.Troubles;
import io.weir.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;

/**
 * Splunk's HTTP Event Collector as far as an exporter can tell: its answers, codes and order of
 * checks, events before an invalid one taken, acknowledgements by channel that are told once.
 */
public final class SplunkDouble implements HttpHandler {
    public static final String TOKEN = "11111111-2222-3333-4444-555555555555";

    /** Keeps numbers as they are written. */
    private static final ObjectReader READER =
            Json.MAPPER
                    .readerFor(JsonNode.class)
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final Set<String> MEMBERS =
            Set.of("time", "host", "source", "sourcetype", "index", "event", "fields");

    /** How one request fails; the default is that none does. */
    enum Trouble {
        BUSY(503, 9, "Server is busy"),
        INTERNAL(500, 8, "Internal server error"),
        DISABLED(403, 1, "Token disabled"),
        SHUTTING_DOWN(503, 23, "Server is shutting down"),
        AT_CAPACITY(429, 26, "HEC queue at capacity"),
        TOO_LARGE(413, -1, ""),
        PROXY(502, -1, "<html>"),
        NOT_HEC(200, -1, "<html>"),
        BAD_REQUEST(400, -1, "Client sent an HTTP request to an HTTPS server."),
        SILENT(0, -1, ""),
        ANSWER_LOST(0, -1, "");

        final int status;
        final int code;
        final String text;

        Trouble(int status, int code, String text) {
            this.status = status;
            this.code = code;
            this.text = text;
        }
    }

    private final Troubles<Trouble> troubles = new Troubles<>();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final Consumer<JsonNode> taken;
    private final Map<String, Map<Long, Integer>> channels = new TreeMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private Optional<Integer> lateness = Optional.empty();
    private long lastAck;

    /** Remembers what it has. */
    public SplunkDouble() {
        taken = received::add;
    }

    /** Remembers nothing, and tells the calls that it was sent. */
    SplunkDouble(Consumer<UUID> taken) {
        this.taken = one -> taken.accept(id(one));
    }

    /** Wants acknowledgement, which comes when asked for so many times; 0 is never. */
    public SplunkDouble acknowledgingAfter(int times) {
        lateness = Optional.of(times);
        return this;
    }

    /** The next requests with events fail so, in this order. */
    void next(Trouble... next) {
        troubles.next(List.of(next));
    }

    /** From now on all requests with events fail so; none where it is null. */
    void lasting(@Nullable Trouble trouble) {
        troubles.lasting(trouble);
    }

    /** What it has, in order. */
    public List<JsonNode> received() {
        return received;
    }

    List<UUID> ids() {
        return received.stream().map(SplunkDouble::id).toList();
    }

    /** How often acknowledgements were asked for. */
    int questions() {
        return questions.get();
    }

    /** Lets those go who wait for an answer. */
    void end() {
        over.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        byte[] body = LoopbackServer.body(exchange);
        String path = exchange.getRequestURI().toString();
        if (!exchange.getRequestMethod().equals("POST")) {
            LoopbackServer.answer(exchange, 405, "");
        } else if (path.equals("/services/collector/event")) {
            take(exchange, body);
        } else if (path.equals("/services/collector/ack")) {
            acknowledge(exchange, body);
        } else {
            LoopbackServer.answer(exchange, 404, "{\"text\":\"Not found\",\"code\":404}");
        }
    }

    private synchronized void take(HttpExchange exchange, byte[] body) throws IOException {
        Trouble trouble = troubles.poll();
        if (trouble == Trouble.SILENT) {
            await();
            return;
        }
        if (trouble != null && trouble.status > 0) {
            if (trouble.status == 503 || trouble.status == 429) {
                exchange.getResponseHeaders().set("retry-after", "7");
            }
            say(exchange, trouble.status, trouble.code, trouble.text, "");
            return;
        }
        if (!isLetIn(exchange)) {
            return;
        }
        String channel = exchange.getRequestHeaders().getFirst("x-splunk-request-channel");
        if (lateness.isPresent() && channel == null) {
            say(exchange, 400, 10, "Data channel is missing", "");
            return;
        }
        answerTo(exchange, body, channel, trouble == Trouble.ANSWER_LOST);
    }

    private void answerTo(HttpExchange exchange, byte[] body, String channel, boolean lost)
            throws IOException {
        List<JsonNode> events = new ArrayList<>();
        Optional<Fault> fault = read(body, events);
        events.forEach(taken);
        if (lost) {
            exchange.close();
        } else if (fault.isPresent()) {
            String number = ",\"invalid-event-number\":" + events.size();
            say(exchange, 400, fault.get().code(), fault.get().text(), number);
        } else if (events.isEmpty()) {
            say(exchange, 400, 5, "No data", "");
        } else if (lateness.isPresent()) {
            channels.computeIfAbsent(channel, key -> new HashMap<>()).put(lastAck, 0);
            say(exchange, 200, 0, "Success", ",\"ackId\":" + lastAck++);
        } else {
            say(exchange, 200, 0, "Success", "");
        }
    }

    private synchronized void acknowledge(HttpExchange exchange, byte[] body) throws IOException {
        questions.incrementAndGet();
        if (!isLetIn(exchange)) {
            return;
        }
        String channel = exchange.getRequestHeaders().getFirst("x-splunk-request-channel");
        if (lateness.isEmpty()) {
            say(exchange, 400, 14, "ACK is disabled", "");
            return;
        }
        if (channel == null) {
            say(exchange, 400, 10, "Data channel is missing", "");
            return;
        }
        Map<Long, Integer> asked = channels.getOrDefault(channel, new HashMap<>());
        List<String> acks = new ArrayList<>();
        for (JsonNode id : Json.MAPPER.readTree(body).path("acks")) {
            Integer times = asked.computeIfPresent(id.asLong(), (key, before) -> before + 1);
            boolean indexed = times != null && times.equals(lateness.get());
            if (indexed) {
                asked.remove(id.asLong());
            }
            acks.add("\"%d\":%s".formatted(id.asLong(), indexed));
        }
        LoopbackServer.answer(exchange, 200, "{\"acks\":{%s}}".formatted(String.join(",", acks)));
    }

    private boolean isLetIn(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("authorization");
        if (authorization == null) {
            say(exchange, 401, 2, "Token is required", "");
        } else if (!authorization.startsWith("Splunk ")) {
            say(exchange, 401, 3, "Invalid authorization", "");
        } else if (!authorization.equals("Splunk " + TOKEN)) {
            say(exchange, 403, 4, "Invalid token " + authorization, "");
        } else {
            return true;
        }
        return false;
    }

    private static UUID id(JsonNode one) {
        return UUID.fromString(one.path("event").path("id").asString());
    }

    private record Fault(int code, String text) {}

    /** Reads events up to the first that is wrong. */
    private static Optional<Fault> read(byte[] body, List<JsonNode> into) {
        try (MappingIterator<JsonNode> all = READER.readValues(body)) {
            while (all.hasNext()) {
                JsonNode one = all.next();
                Optional<Fault> fault = fault(one);
                if (fault.isPresent()) {
                    return fault;
                }
                into.add(one);
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.of(new Fault(6, "Invalid data format"));
        }
    }

    private static Optional<Fault> fault(JsonNode one) {
        if (!one.isObject() || !MEMBERS.containsAll(one.propertyNames())) {
            return Optional.of(new Fault(6, "Invalid data format"));
        }
        if (!one.has("event")) {
            return Optional.of(new Fault(12, "Event field is required"));
        }
        if (one.path("event").asString("x").isEmpty()) {
            return Optional.of(new Fault(13, "Event field cannot be blank"));
        }
        if (!one.path("time").toString().matches("[0-9]+(\\.[0-9]+)?")) {
            return Optional.of(new Fault(15, "Error in handling indexed fields"));
        }
        if (one.path("index").asString("main").equals("forbidden")) {
            return Optional.of(new Fault(7, "Incorrect index"));
        }
        return Optional.empty();
    }

    private static void say(HttpExchange exchange, int status, int code, String text, String more)
            throws IOException {
        LoopbackServer.answer(
                exchange,
                status,
                code < 0 ? text : "{\"text\":\"%s\",\"code\":%d%s}".formatted(text, code, more));
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
