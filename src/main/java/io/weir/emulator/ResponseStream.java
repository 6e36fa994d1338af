package io.weir.emulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the events of a response, numbered from 0. Made for one answer and one thread.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses-streaming">The events</a>
 */
final class ResponseStream {
    private final ResponseJson json;
    private final ResponseItems items;
    private final Composed composed;
    private final List<Answer.Event> events = new ArrayList<>();
    private boolean spoken;

    ResponseStream(ResponseJson json, ResponseItems items, Composed composed) {
        this.json = json;
        this.items = items;
        this.composed = composed;
    }

    /** The stream. */
    Answer answer() {
        add(event("response.created").set("response", json.begun()), false);
        add(event("response.in_progress").set("response", json.begun()), false);
        for (int i = 0; i < items.items().size(); i++) {
            item(i, items.items().get(i));
        }
        boolean cut = ResponseJson.whyIncomplete(items.finishReason()).isPresent();
        String end = cut ? "response.incomplete" : "response.completed";
        add(event(end).set("response", json.ended(items)), false);
        return new Answer.Streamed(
                events.iterator(),
                composed.usage(),
                composed.thought(),
                SseError.responses(Answer.Streamed.EVENTS_BEFORE_ERROR));
    }

    private void item(int index, ResponseItems.Item item) {
        ObjectNode added = event("response.output_item.added").put("output_index", index);
        add(added.set("item", item.begun()), false);
        switch (item) {
            case ResponseItems.Reasoning thought -> {}
            case ResponseItems.Message message -> message(index, message);
            case ResponseItems.FunctionCall call -> call(index, call);
        }
        ObjectNode done = event("response.output_item.done").put("output_index", index);
        add(done.set("item", item.ended()), false);
    }

    private void message(int index, ResponseItems.Message message) {
        List<String> pieces = message.speech().pieces();
        String kind = message.refusal() ? "response.refusal" : "response.output_text";
        ObjectNode begun = content("response.content_part.added", index, message.id());
        add(begun.set("part", message.part(List.of())), false);
        for (String piece : pieces) {
            ObjectNode delta = content(kind + ".delta", index, message.id()).put("delta", piece);
            add(withLogprobs(delta, message, List.of(piece)), true);
        }
        String field = message.refusal() ? "refusal" : "text";
        ObjectNode done = content(kind + ".done", index, message.id());
        add(withLogprobs(done.put(field, message.speech().text()), message, pieces), false);
        ObjectNode ended = content("response.content_part.done", index, message.id());
        add(ended.set("part", message.part(pieces)), false);
    }

    private static ObjectNode withLogprobs(
            ObjectNode event, ResponseItems.Message message, List<String> pieces) {
        return message.refusal() ? event : event.set("logprobs", message.logprobs(pieces));
    }

    private void call(int index, ResponseItems.FunctionCall item) {
        String kind = "response.function_call_arguments";
        for (String piece : item.call().arguments()) {
            ObjectNode delta = event(kind + ".delta").put("item_id", item.id());
            add(delta.put("output_index", index).put("delta", piece), true);
        }
        ObjectNode done = event(kind + ".done").put("item_id", item.id());
        done.put("output_index", index).put("name", item.call().name());
        add(done.put("arguments", String.join("", item.call().arguments())), false);
    }

    private ObjectNode content(String type, int index, String id) {
        return event(type).put("item_id", id).put("output_index", index).put("content_index", 0);
    }

    private ObjectNode event(String type) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", type);
        return event.put("sequence_number", events.size());
    }

    private void add(ObjectNode event, boolean token) {
        String text = "event: " + event.path("type").stringValue() + "\ndata: " + event + "\n\n";
        events.add(new Answer.Event(text.getBytes(StandardCharsets.UTF_8), token && spoken));
        spoken |= token;
    }
}
