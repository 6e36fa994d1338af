package io.weir.web;

import io.weir.call.CallRecord;
import io.weir.call.Pace;
import io.weir.wire.SseFrame;
import io.weir.wire.SseSink;
import io.weir.wire.SseSplitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What an answer says; of a stream, what its events say put together. One thread, one answer. */
final class AnsweredTurns implements SseSink {
    private final Map<Integer, StreamedTurn> choices = new TreeMap<>();
    private final List<Turn> turns = new ArrayList<>();
    private long micros = -1;

    private AnsweredTurns() {}

    /** Its turns; none where it has no text that can be read. */
    static List<Turn> of(String body) {
        return of(body, "");
    }

    /**
     * The turns of a stream that came so.
     *
     * @param pace {@link CallRecord.Content#pace()}
     */
    static List<Turn> of(String body, String pace) {
        AnsweredTurns answer = new AnsweredTurns();
        Bodies.json(body)
                .ifPresentOrElse(answer::whole, () -> answer.streamed(body, Pace.parse(pace)));
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

    private void streamed(String body, Pace pace) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SseSplitter splitter = new SseSplitter();
        int at = 0;
        for (Pace.Piece piece : pace.pieces()) {
            int length = Math.min(piece.bytes(), bytes.length - at);
            micros = piece.micros();
            splitter.feed(bytes, at, length, this);
            at += length;
        }
        splitter.feed(bytes, at, bytes.length - at, this);
        splitter.finish(this);
    }

    @Override
    public void event(SseFrame frame) {
        Bodies.json(frame.event().data()).ifPresent(this::read);
    }

    /** Behind the last whole event there may be one that lacks its blank line only. */
    @Override
    public void incomplete(SseFrame frame) {
        event(frame);
    }

    @Override
    public void oversized(byte[] buffer, int start, int end) {}

    private void read(JsonNode json) {
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
                finished(json.at("/response/output"));
                error(json.at("/response/error"));
            }
            default -> {}
        }
    }

    private void finished(JsonNode output) {
        for (int i = 0; i < output.size(); i++) {
            Turn whole = Turn.of(output.path(i));
            StreamedTurn pieces = choices.get(i);
            turns.add(pieces != null && pieces.says(whole) ? pieces.turn() : whole);
        }
        choices.clear();
    }

    private StreamedTurn choice(int index) {
        StreamedTurn choice = choices.computeIfAbsent(index, unseen -> new StreamedTurn());
        choice.at(micros);
        return choice;
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
