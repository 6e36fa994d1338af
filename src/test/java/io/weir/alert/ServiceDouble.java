package io.weir.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.weir.outbound.LoopbackServer;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A service that takes notifications by HTTP, and fails when it is told to. */
final class ServiceDouble implements HttpHandler {
    /** Takes the notification, and closes the connection instead of answering. */
    static final Answer ANSWER_LOST = new Answer(0, "");

    /** Does not answer. */
    static final Answer SILENT = new Answer(-1, "");

    private final Protocol protocol;
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    ServiceDouble(Protocol protocol) {
        this.protocol = protocol;
    }

    record Answer(int status, String body) {}

    /** What was posted. */
    record Received(String path, Headers fields, String body) {}

    /** What a service answers to something posted; what it answers 2xx to it has. */
    @FunctionalInterface
    interface Protocol {
        Answer answer(Received post);
    }

    /** The next posts are answered so, in this order, and not taken. */
    void next(Answer... answers) {
        next.addAll(List.of(answers));
    }

    List<Received> received() {
        return received;
    }

    List<String> bodies() {
        return received.stream().map(Received::body).toList();
    }

    /** Waits until something is posted. */
    void awaitPost() throws InterruptedException {
        asked.await();
    }

    /** Lets those go who wait for an answer. */
    void end() {
        over.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Received post =
                new Received(
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders(),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        asked.countDown();
        Answer canned = next.poll();
        if (SILENT.equals(canned)) {
            await();
            exchange.close();
            return;
        }
        boolean lost = ANSWER_LOST.equals(canned);
        boolean free = canned == null || lost;
        Answer answer = free ? protocol.answer(post) : canned;
        if (free && answer.status() / 100 == 2) {
            received.add(post);
        }
        if (lost) {
            exchange.close();
            return;
        }
        if (answer.status() == 429 || answer.status() == 503) {
            exchange.getResponseHeaders().set("retry-after", "7");
        }
        LoopbackServer.answer(exchange, answer.status(), answer.body());
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
