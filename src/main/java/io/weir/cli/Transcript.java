package io.weir.cli;

import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/** What was said in a conversation: how the model should behave, and the turns. */
final class Transcript {
    private final List<ChatMessage> turns = new ArrayList<>();
    private Optional<ChatMessage> system = Optional.empty();

    /** Says how the model should behave; empty takes it back. */
    void system(String text) {
        system = text.isBlank() ? Optional.empty() : Optional.of(new ChatMessage("system", text));
    }

    /** Forgets the turns. */
    void reset() {
        turns.clear();
    }

    /** A question and its answer. */
    void add(String question, String answer) {
        turns.add(new ChatMessage("user", question));
        turns.add(new ChatMessage("assistant", answer));
    }

    /** Everything so far, then a new question: what a model is sent. */
    List<ChatMessage> with(String question) {
        List<ChatMessage> messages = messages();
        messages.add(new ChatMessage("user", question));
        return messages;
    }

    /** As the API takes it. */
    String json() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (ChatMessage message : messages()) {
            all.addObject().put("role", message.role()).put("content", message.content());
        }
        return all.toString() + "\n";
    }

    /** As a person reads it. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (ChatMessage message : messages()) {
            text.append(message.role()).append(": ").append(message.content()).append("\n\n");
        }
        return text.toString();
    }

    private List<ChatMessage> messages() {
        List<ChatMessage> messages = new ArrayList<>();
        system.ifPresent(messages::add);
        messages.addAll(turns);
        return messages;
    }
}
