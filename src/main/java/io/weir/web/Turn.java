package io.weir.web;

import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What one side said in one go.
 *
 * @param role {@code user}, {@code assistant}, {@code tool}, …
 * @param note which choice it is, why it ended; empty for nothing
 */
record Turn(String role, String note, List<Piece> pieces) {
    Turn {
        pieces = List.copyOf(pieces);
    }

    /**
     * A piece of it.
     *
     * @param kind how it is shown
     * @param title empty for a plain text
     * @param pace when a stream's text came, for the script that shows it so: {@code 350+5 368+9}
     *     are 5 characters 350 ms after the call was received, and 9 after 368 ms; empty where that
     *     is not known
     */
    record Piece(Kind kind, String title, String text, String pace) {
        Piece(Kind kind, String title, String text) {
            this(kind, title, text, "");
        }
    }

    /** How a piece is shown. */
    enum Kind {
        /** Plainly. */
        TEXT,
        /** By its name alone: a picture, a sound, a file. */
        MEDIA,
        /** Folded: a tool's call or its result. */
        FOLDED
    }

    static Turn text(String role, String text) {
        return new Turn(role, "", text.isEmpty() ? List.of() : List.of(plain(text)));
    }

    /** A message or an item of the API, in any of its shapes. */
    static Turn of(JsonNode message) {
        String type = message.path("type").asString("");
        return switch (type) {
            case "function_call" -> new Turn("assistant", "", List.of(call(message)));
            case "function_call_output" ->
                    new Turn("tool", "", List.of(folded("Result", message.path("output"))));
            case "reasoning" -> new Turn("assistant", "reasoning", pieces(message.path("summary")));
            default -> message(message);
        };
    }

    private static Turn message(JsonNode message) {
        String role = message.path("role").asString("assistant");
        List<Piece> pieces = new ArrayList<>();
        if (role.equals("tool")) {
            pieces.add(folded("Result", message.path("content")));
            return new Turn(role, message.path("tool_call_id").asString(""), pieces);
        }
        String thought = message.path("reasoning_content").asString("");
        if (!thought.isEmpty()) {
            pieces.add(new Piece(Kind.FOLDED, "Reasoning", thought));
        }
        pieces.addAll(pieces(message.path("content")));
        String refusal = message.path("refusal").asString("");
        if (!refusal.isEmpty()) {
            pieces.add(new Piece(Kind.TEXT, "Refusal", refusal));
        }
        for (JsonNode call : message.path("tool_calls")) {
            pieces.add(call(call.path("function")));
        }
        if (message.has("function_call")) {
            pieces.add(call(message.path("function_call")));
        }
        if (message.path("audio").isObject()) {
            pieces.add(
                    new Piece(Kind.MEDIA, "audio", message.at("/audio/transcript").asString("")));
        }
        return new Turn(role, message.path("name").asString(""), pieces);
    }

    /** Content: a text, or a list of parts. */
    static List<Piece> pieces(JsonNode content) {
        if (content.isString()) {
            return content.asString().isEmpty() ? List.of() : List.of(plain(content.asString()));
        }
        List<Piece> pieces = new ArrayList<>();
        for (JsonNode part : content) {
            pieces.add(part.isString() ? plain(part.asString()) : part(part));
        }
        return pieces;
    }

    private static Piece part(JsonNode part) {
        String type = part.path("type").asString("");
        return switch (type) {
            case "text", "input_text", "output_text", "summary_text" ->
                    plain(part.path("text").asString(""));
            case "refusal" -> new Piece(Kind.TEXT, "Refusal", part.path("refusal").asString(""));
            case "image_url" -> media("image", part.at("/image_url/url").asString(""));
            case "input_image" -> media("image", part.path("image_url").asString(""));
            case "input_audio" -> media("audio", part.at("/input_audio/format").asString(""));
            case "file", "input_file" ->
                    media(
                            "file",
                            part.at("/file/filename").asString(part.path("filename").asString("")));
            default -> folded(type.isEmpty() ? "Part" : type, part);
        };
    }

    /** What is embedded is said by its size: it is no text for people. */
    private static Piece media(String kind, String where) {
        boolean embedded = where.startsWith("data:");
        int comma = where.indexOf(',');
        String shown =
                embedded && comma > 0
                        ? where.substring(0, Math.min(comma, 60))
                                + ", "
                                + Figures.bytes(3L * (where.length() - comma) / 4).text()
                        : where;
        return new Piece(Kind.MEDIA, kind, shown);
    }

    static Piece plain(String text) {
        return new Piece(Kind.TEXT, "", text);
    }

    private static Piece call(JsonNode function) {
        return call(function.path("name").asString(""), function.path("arguments").asString("{}"));
    }

    static Piece call(String name, String arguments) {
        return new Piece(Kind.FOLDED, "Calls " + name, Bodies.pretty(arguments));
    }

    private static Piece folded(String title, JsonNode value) {
        return new Piece(
                Kind.FOLDED,
                title,
                value.isString()
                        ? Bodies.pretty(value.asString())
                        : Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }
}
