package io.weir.web;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a request says, whichever of the API's operations it asks for. */
final class AskedTurns {
    private AskedTurns() {}

    /** Its turns; none where it has no text that can be read. */
    static List<Turn> of(JsonNode request) {
        List<Turn> turns = new ArrayList<>();
        String instructions = request.path("instructions").asString("");
        if (!instructions.isEmpty()) {
            turns.add(Turn.text("system", instructions));
        }
        request.path("messages").forEach(message -> turns.add(Turn.of(message)));
        JsonNode input = request.path("input");
        boolean items = input.isArray() && !input.isEmpty() && input.get(0).isObject();
        if (items) {
            input.forEach(item -> turns.add(Turn.of(item)));
        } else {
            texts(turns, input);
        }
        texts(turns, request.path("prompt"));
        return turns;
    }

    /** A text or several, each of which may be given as its tokens. */
    private static void texts(List<Turn> turns, JsonNode input) {
        if (input.isString() || input.path(0).isNumber()) {
            turns.add(Turn.text("user", text(input)));
        } else if (input.isArray()) {
            input.forEach(each -> turns.add(Turn.text("user", text(each))));
        }
    }

    private static String text(JsonNode input) {
        return input.isString() ? input.asString() : input.size() + " tokens";
    }
}
