package io.weir.web;

import io.weir.wire.SseEvent;
import io.weir.wire.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What an answer says; of a stream, what its events say put together. One thread, one answer. */
final class AnsweredTurns {
    private final Map<Integer, StreamedTurn> choices = new TreeMap<>();
    private final List<Turn> turns = new ArrayList<>();

    private AnsweredTurns() {}

    /** Its turns; none where it has no text that can be read. */
    static List<Turn> of(String body) {
        AnsweredTurns answer = new AnsweredTurns();
        Bodies.json(body).ifPresentOrElse(answer::whole, () -> answer.streamed(body));
        List<Turn> all = new ArrayList<>();
        answer.choices.values().forEach(choice -> all.add(choice.turn()));
        all.addAll(answer.turns);
        return all;
    }

    private void whole(JsonNode json) {
        for (JsonNode choice : json.path("choices")) {
            String note = note(choice.path("index").asInt(0), choice);
            Turn said =
                    choice.has("message")
                            ? Turn.of(choice.path("message"))
                            : Turn.text("assistant", choice.path("text").asString(""));
            turns.add(new Turn(said.role(), note, said.pieces()));
        }
        json.path("output").forEach(item -> turns.add(Turn.of(item)));
        if (json.path("data").isArray() && json.path("data").path(0).has("embedding")) {
            turns.add(Turn.text("assistant", vectors(json.path("data"))));
        }
        error(json.path("error"));
    }

    private static String vectors(JsonNode data) {
        JsonNode first = data.path(0).path("embedding");
        return first.isArray()
                ? "%d vectors of %d numbers".formatted(data.size(), first.size())
                : "%d vectors, encoded".formatted(data.size());
    }

    private void streamed(String body) {
        SseReader events =
                new SseReader(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        try {
            for (Optional<SseEvent> event = events.next();
                    event.isPresent();
                    event = events.next()) {
                Bodies.json(event.get().data()).ifPresent(this::event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void event(JsonNode json) {
        for (JsonNode choice : json.path("choices")) {
            int index = choice.path("index").asInt(0);
            StreamedTurn turn = choice(index);
            turn.delta(choice.path("delta"));
            turn.append(choice.path("text").asString(""));
            String note = note(index, choice);
            if (choice.path("finish_reason").isString()) {
                turn.ended(note);
            }
        }
        if (json.path("type").asString("").startsWith("response.")) {
            item(json);
        }
        error(json.path("error"));
    }

    /** The last event of the Responses API has all that the ones before it brought in pieces. */
    private void item(JsonNode json) {
        int index = json.path("output_index").asInt(0);
        switch (json.path("type").asString("")) {
            case "response.output_text.delta", "response.refusal.delta" ->
                    choice(index).append(json.path("delta").asString(""));
            case "response.completed", "response.incomplete", "response.failed" -> {
                choices.clear();
                json.at("/response/output").forEach(item -> turns.add(Turn.of(item)));
                error(json.at("/response/error"));
            }
            default -> {}
        }
    }

    private StreamedTurn choice(int index) {
        return choices.computeIfAbsent(index, unseen -> new StreamedTurn());
    }

    private void error(JsonNode error) {
        if (error.isObject()) {
            turns.add(Turn.text("error", error.path("message").asString(error.toString())));
        }
    }

    private static String note(int index, JsonNode choice) {
        String reason = choice.path("finish_reason").asString("");
        String ended = reason.isEmpty() || reason.equals("stop") ? "" : "ended by " + reason;
        String which = index == 0 ? "" : "choice " + (index + 1);
        return which.isEmpty() || ended.isEmpty() ? which + ended : which + ", " + ended;
    }
}
