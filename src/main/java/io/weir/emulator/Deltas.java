package io.weir.emulator;

import java.util.ArrayList;
import java.util.List;

/** A chat choice as a stream tells it: an opening delta, one for each token, an empty one. */
sealed interface Deltas {
    /** The delta that names the role. */
    String opening();

    /** The number of deltas after the opening. */
    int size();

    /** A delta after the opening, as JSON. */
    String at(int index);

    /** The tokens that a delta stands for, for their log probabilities. */
    List<String> tokens(int index);

    /** The deltas of a turn. */
    static Deltas of(Turn turn, Ids ids) {
        return switch (turn) {
            case Turn.Says says -> new Text("content", says.speech().pieces());
            case Turn.Declines declines -> new Text("refusal", declines.speech().pieces());
            case Turn.Calls calls -> calls(calls, ids);
        };
    }

    /** Text or refusal, a token in each delta. */
    record Text(String field, List<String> pieces) implements Deltas {
        @Override
        public String opening() {
            return field.equals("content")
                    ? "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"
                    : "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"\"}";
        }

        @Override
        public int size() {
            return pieces.size();
        }

        @Override
        public String at(int index) {
            return "{\"" + field + "\":" + JsonText.quoted(pieces.get(index)) + "}";
        }

        @Override
        public List<String> tokens(int index) {
            return List.of(pieces.get(index));
        }
    }

    /** Calls of functions: for each a delta with its name, then its arguments bit by bit. */
    record ToolCalls(List<String> deltas) implements Deltas {
        @Override
        public String opening() {
            return "{\"role\":\"assistant\",\"content\":null,\"refusal\":null}";
        }

        @Override
        public int size() {
            return deltas.size();
        }

        @Override
        public String at(int index) {
            return deltas.get(index);
        }

        @Override
        public List<String> tokens(int index) {
            return List.of();
        }
    }

    private static Deltas calls(Turn.Calls turn, Ids ids) {
        List<String> deltas = new ArrayList<>();
        for (int i = 0; i < turn.calls().size(); i++) {
            Turn.Call call = turn.calls().get(i);
            deltas.add(
                    ("{\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\","
                                    + "\"function\":{\"name\":%s,\"arguments\":\"\"}}]}")
                            .formatted(i, ids.next("call_", 24), JsonText.quoted(call.name())));
            for (String piece : call.arguments()) {
                deltas.add(
                        "{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":%s}}]}"
                                .formatted(i, JsonText.quoted(piece)));
            }
        }
        return new ToolCalls(deltas);
    }
}
