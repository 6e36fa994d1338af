package io.weir.cli;

import io.weir.replay.Ticker;
import io.weir.wire.Json;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks for chat completions, whole or streamed. Interrupting the asking thread stops the answer and
 * returns what there is of it.
 */
final class ChatClient {
    private final Server server;
    private final Ticker ticker;

    ChatClient(Server server, Ticker ticker) {
        this.server = server;
        this.ticker = ticker;
    }

    /**
     * Asks, and waits for the answer's end.
     *
     * @param live sees a stream's first choice piece by piece
     */
    ChatAnswer ask(ChatRequest request, Consumer<String> live) {
        long start = ticker.nanos();
        try {
            HttpResponse<InputStream> response = server.post("/chat/completions", request.json());
            String callId = response.headers().firstValue("x-weir-call-id").orElse("");
            ChatAnswerBuilder answer = new ChatAnswerBuilder(request.model(), callId);
            boolean stopped = read(response, start, answer, live);
            return answer.answer(ticker.nanos() - start, stopped);
        } catch (InterruptedException e) {
            return new ChatAnswerBuilder(request.model(), "").answer(ticker.nanos() - start, true);
        }
    }

    /** Reads to the end; true when it was stopped before. */
    private boolean read(
            HttpResponse<InputStream> response,
            long start,
            ChatAnswerBuilder answer,
            Consumer<String> live) {
        if (!isStream(response)) {
            answer.take(server.json(server.text(response)));
            return false;
        }
        try (Events events = new Events(response.body())) {
            readStream(events, start, answer, live);
            return false;
        } catch (IOException e) {
            // The JDK's client reports an interrupted read as an IOException, the flag still set.
            if (Thread.interrupted()) {
                return true;
            }
            throw server.brokeOff(e);
        }
    }

    private void readStream(
            Events events, long start, ChatAnswerBuilder answer, Consumer<String> live)
            throws IOException {
        for (Optional<String> data = events.next(); ; data = events.next()) {
            String event = data.orElseThrow(() -> new EOFException("the stream has no end"));
            if (event.equals("[DONE]")) {
                return;
            }
            JsonNode chunk = chunk(event, events);
            if (chunk.has("error")) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "The answer failed: " + ServerErrors.reason(chunk.toString()));
            }
            String text = answer.take(chunk);
            if (!text.isEmpty()) {
                answer.contentSeenAfter(ticker.nanos() - start);
                live.accept(text);
            }
        }
    }

    /** An event that was cut is no JSON; the error behind it says why. */
    private JsonNode chunk(String event, Events events) throws IOException {
        try {
            return Json.MAPPER.readTree(event);
        } catch (JacksonException cut) {
            String next =
                    events.next().orElseThrow(() -> new EOFException("in the middle of an event"));
            return server.json(next.startsWith("{\"error\"") ? next : event);
        }
    }

    private static boolean isStream(HttpResponse<InputStream> response) {
        return response.headers()
                .firstValue("content-type")
                .orElse("")
                .startsWith("text/event-stream");
    }
}
