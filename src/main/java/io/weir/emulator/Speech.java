package io.weir.emulator;

import java.util.List;

/**
 * A text the model says.
 *
 * @param pieces the text, cut as a stream sends it; in prose each piece is one token
 * @param tokens what the text costs
 * @param finishReason OpenAI's {@code finish_reason}
 */
record Speech(List<String> pieces, int tokens, String finishReason) {
    static final String STOP = "stop";
    static final String LENGTH = "length";
    static final String CONTENT_FILTER = "content_filter";

    /** The whole text. */
    String text() {
        StringBuilder text = new StringBuilder(pieces.size() * 7);
        for (String piece : pieces) {
            text.append(piece);
        }
        return text.toString();
    }

    /** Prose, each piece a token. */
    static Speech ofPieces(List<String> pieces, String finishReason) {
        return new Speech(pieces, pieces.size(), finishReason);
    }
}
