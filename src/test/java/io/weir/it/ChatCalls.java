package io.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.weir.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/** Makes chat calls one after the other, each on a connection of its own. */
final class ChatCalls {
    private static final int PATIENCE_MS = 60_000;

    private final URI origin;

    /**
     * A chat.
     *
     * @param agent who asks; what a header cannot carry is left out
     */
    record Chat(String model, String prompt, boolean stream, String user, String agent) {
        /** One that is about nothing but its model. */
        static Chat with(String model) {
            return new Chat(model, "What is a weir?", false, "", "chat-calls/1");
        }

        /** The same, streamed. */
        Chat streamed() {
            return new Chat(model, prompt, true, user, agent);
        }
    }

    ChatCalls(URI origin) {
        this.origin = origin;
    }

    /** Asks, and reads the answer to its end, whatever it is. */
    String ask(String key, Chat chat) throws IOException {
        String body = json(chat);
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n"
                                .formatted(origin.getAuthority())
                        + "authorization: Bearer %s\r\nuser-agent: %s\r\n"
                                .formatted(key, field(chat.agent()))
                        + "content-type: application/json\r\ncontent-length: %d\r\n\r\n"
                                .formatted(body.length());
        try (Wire wire = new Wire(new Socket(InetAddress.getLoopbackAddress(), origin.getPort()))) {
            return wire.patience(PATIENCE_MS).say(head + body).rest();
        }
    }

    /** JSON of ASCII only, so that a character is a byte. */
    static String ascii(ObjectNode json) {
        StringBuilder ascii = new StringBuilder();
        for (char c : json.toString().toCharArray()) {
            ascii.append(c < 0x7f ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return ascii.toString();
    }

    private static String json(Chat chat) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("model", chat.model()).put("stream", chat.stream()).put("max_tokens", 20);
        if (!chat.user().isEmpty()) {
            json.put("user", chat.user());
        }
        json.putArray("messages").addObject().put("role", "user").put("content", chat.prompt());
        return ascii(json);
    }

    private static String field(String text) {
        String latin = new String(text.getBytes(ISO_8859_1), ISO_8859_1);
        return latin.replaceAll("[\\p{Cntrl}]", " ").strip();
    }
}
