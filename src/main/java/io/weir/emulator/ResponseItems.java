package io.weir.emulator;

import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The output of a response.
 *
 * @param finishReason chat's word for why it ended; the Responses API has others
 */
record ResponseItems(List<Item> items, String finishReason) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** One element of {@code output}, of which a stream tells the beginning, the parts, the end. */
    sealed interface Item {
        String id();

        /** The item when nothing of it is there yet. */
        ObjectNode begun();

        /** The item complete. */
        ObjectNode ended();
    }

    /** What the model thought, of which nothing is shown. */
    record Reasoning(String id) implements Item {
        @Override
        public ObjectNode begun() {
            ObjectNode item = NODES.objectNode().put("id", id).put("type", "reasoning");
            item.putArray("summary");
            return item;
        }

        @Override
        public ObjectNode ended() {
            return begun();
        }
    }

    /**
     * A message.
     *
     * @param refusal whether it is a refusal instead of a text
     * @param logprobs what to tell of each token, if anything
     */
    record Message(String id, Speech speech, boolean refusal, Optional<Logprobs> logprobs)
            implements Item {
        @Override
        public ObjectNode begun() {
            return message("in_progress");
        }

        @Override
        public ObjectNode ended() {
            boolean whole = speech.finishReason().equals(Speech.STOP);
            ObjectNode message = message(whole ? "completed" : "incomplete");
            message.withArrayProperty("content").add(part(speech.pieces()));
            return message;
        }

        private ObjectNode message(String status) {
            ObjectNode message = NODES.objectNode().put("id", id).put("type", "message");
            message.put("status", status).put("role", "assistant").putArray("content");
            return message;
        }

        /** A content part holding these pieces. */
        ObjectNode part(List<String> pieces) {
            ObjectNode part = NODES.objectNode();
            String text = String.join("", pieces);
            if (refusal) {
                return part.put("type", "refusal").put("refusal", text);
            }
            part.put("type", "output_text").put("text", text).putArray("annotations");
            part.set("logprobs", logprobs(pieces));
            return part;
        }

        /** The log probabilities of these pieces: none unless they are wanted. */
        ArrayNode logprobs(List<String> pieces) {
            if (logprobs.isEmpty() || refusal) {
                return NODES.arrayNode();
            }
            byte[] json = JsonText.bytes(out -> logprobs.get().list(out, pieces));
            return (ArrayNode) Json.MAPPER.readTree(json);
        }
    }

    /** A call of a function. */
    record FunctionCall(String id, String callId, Turn.Call call) implements Item {
        @Override
        public ObjectNode begun() {
            return item("in_progress", "");
        }

        @Override
        public ObjectNode ended() {
            return item("completed", String.join("", call.arguments()));
        }

        private ObjectNode item(String status, String arguments) {
            ObjectNode item = NODES.objectNode().put("id", id).put("type", "function_call");
            item.put("status", status).put("arguments", arguments);
            return item.put("call_id", callId).put("name", call.name());
        }
    }

    /** The items of an answer. */
    static ResponseItems of(Request request, Composed composed, Ids ids) {
        List<Item> items = new ArrayList<>();
        if (composed.usage().reasoning() > 0) {
            items.add(new Reasoning(ids.next("rs_", 48)));
        }
        Turn turn = composed.turns().getFirst();
        switch (turn) {
            case Turn.Says says ->
                    items.add(
                            new Message(
                                    ids.next("msg_", 48), says.speech(), false, logprobs(request)));
            case Turn.Declines declines ->
                    items.add(
                            new Message(
                                    ids.next("msg_", 48),
                                    declines.speech(),
                                    true,
                                    Optional.empty()));
            case Turn.Calls calls ->
                    calls.calls()
                            .forEach(call ->
                                    items.add(
                                            new FunctionCall(
                                                    ids.next("fc_", 48),
                                                    ids.next("call_", 24),
                                                    call)));
        }
        return new ResponseItems(items, turn.finishReason());
    }

    private static Optional<Logprobs> logprobs(Request request) {
        boolean included =
                request.body()
                        .path("include")
                        .valueStream()
                        .anyMatch(name ->
                                name.stringValue("").equals("message.output_text.logprobs"));
        int alternatives = request.body().path("top_logprobs").intValue(0);
        return included || alternatives > 0
                ? Optional.of(new Logprobs(alternatives))
                : Optional.empty();
    }
}
