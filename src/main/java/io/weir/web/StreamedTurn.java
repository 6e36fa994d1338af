package io.weir.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A turn that comes in pieces. Mutable; belongs to whoever puts it together. */
final class StreamedTurn {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final Map<Integer, Tool> tools = new TreeMap<>();
    private final StringBuilder pace = new StringBuilder();
    private long micros = -1;
    private String note = "";

    private record Tool(StringBuilder name, StringBuilder arguments) {}

    /** Takes a chunk's {@code delta}. */
    void delta(JsonNode delta) {
        append(delta.path("content").asString(""));
        refusal.append(delta.path("refusal").asString(""));
        reasoning.append(delta.path("reasoning_content").asString(""));
        for (JsonNode call : delta.path("tool_calls")) {
            Tool tool =
                    tools.computeIfAbsent(
                            call.path("index").asInt(0),
                            unseen -> new Tool(new StringBuilder(), new StringBuilder()));
            tool.name().append(call.at("/function/name").asString(""));
            tool.arguments().append(call.at("/function/arguments").asString(""));
        }
    }

    void append(String more) {
        text.append(more);
        if (micros >= 0 && !more.isEmpty()) {
            pace.append(pace.isEmpty() ? "" : " ")
                    .append(micros / 1_000)
                    .append('+')
                    .append(more.length());
        }
    }

    /**
     * What is said from now on came then, in microseconds after the call; -1 where that is not
     * known.
     */
    void at(long time) {
        micros = time;
    }

    /** Whether it says just that, so that the two can stand for each other. */
    boolean says(Turn turn) {
        return turn.pieces().equals(List.of(Turn.plain(text.toString())));
    }

    void ended(String why) {
        note = why;
    }

    Turn turn() {
        List<Turn.Piece> pieces = new ArrayList<>();
        if (!reasoning.isEmpty()) {
            pieces.add(new Turn.Piece(Turn.Kind.FOLDED, "Reasoning", reasoning.toString()));
        }
        if (!text.isEmpty()) {
            pieces.add(new Turn.Piece(Turn.Kind.TEXT, "", text.toString(), pace.toString()));
        }
        if (!refusal.isEmpty()) {
            pieces.add(new Turn.Piece(Turn.Kind.TEXT, "Refusal", refusal.toString()));
        }
        tools.values()
                .forEach(tool ->
                        pieces.add(Turn.call(tool.name().toString(), tool.arguments().toString())));
        return new Turn("assistant", note, pieces);
    }
}
