package io.weir.emulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Made-up log probabilities, the same for the same token.
 *
 * @param alternatives how many other tokens to name for each
 */
record Logprobs(int alternatives) {
    /** A chat choice's {@code logprobs}. */
    void chat(JsonGenerator out, List<String> tokens) {
        out.writeStartObject();
        out.writeName("content");
        list(out, tokens);
        out.writeNullProperty("refusal");
        out.writeEndObject();
    }

    /** A list of tokens with their probabilities, as chat and the Responses API have it. */
    void list(JsonGenerator out, List<String> tokens) {
        out.writeStartArray();
        for (int i = 0; i < tokens.size(); i++) {
            out.writeStartObject();
            token(out, tokens.get(i), logprob(tokens.get(i)));
            out.writeArrayPropertyStart("top_logprobs");
            for (int rank = 0; rank < alternatives; rank++) {
                out.writeStartObject();
                token(out, ranked(tokens.get(i), rank), logprob(tokens.get(i)) - rank);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /**
     * A completion's {@code logprobs}.
     *
     * @param offset where in the text the first token stands
     */
    void completion(JsonGenerator out, List<String> tokens, int offset) {
        out.writeStartObject();
        out.writeArrayPropertyStart("tokens");
        tokens.forEach(out::writeString);
        out.writeEndArray();
        out.writeArrayPropertyStart("token_logprobs");
        for (int i = 0; i < tokens.size(); i++) {
            out.writeNumber(logprob(tokens.get(i)));
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("top_logprobs");
        for (int i = 0; i < tokens.size(); i++) {
            out.writeStartObject();
            for (int rank = 0; rank < Math.max(1, alternatives); rank++) {
                double value = logprob(tokens.get(i)) - rank;
                out.writeNumberProperty(ranked(tokens.get(i), rank), value);
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("text_offset");
        int at = offset;
        for (String token : tokens) {
            out.writeNumber(at);
            at += token.length();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void token(JsonGenerator out, String token, double logprob) {
        out.writeStringProperty("token", token);
        out.writeNumberProperty("logprob", logprob);
        out.writeArrayPropertyStart("bytes");
        for (byte one : token.getBytes(StandardCharsets.UTF_8)) {
            out.writeNumber(one & 0xFF);
        }
        out.writeEndArray();
    }

    /** The token itself first, then words it is not. */
    private static String ranked(String token, int rank) {
        if (rank == 0) {
            return token;
        }
        int at = Math.floorMod(token.hashCode() + rank, Words.NOUNS.size());
        String other = Words.NOUNS.get(at);
        return other.equals(token) ? Words.VERBS.get(rank) : other;
    }

    private static double logprob(String token) {
        return -(Math.floorMod(token.hashCode() * 31, 1_000) + 1) / 1_000.0;
    }
}
