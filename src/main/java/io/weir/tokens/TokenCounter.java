package io.weir.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import io.weir.wire.PromptText;

/**
 * Counts tokens as the provider would, for what has no count of its provider. Any number of threads
 * may share one; an encoding is loaded when it is first needed and stays.
 *
 * <p>The models' encodings are tiktoken's; an unknown model is counted with the newest. Exact for
 * text; a chat's framing is a few tokens a message, known for some models and assumed for others.
 */
public final class TokenCounter {
    /**
     * Texts longer than this many characters are counted in samples. It bounds the work: prose of
     * this length takes 50 ms of CPU, random letters without a space take half a second.
     */
    public static final int MAX_COUNTED_CHARS = 1 << 19;

    private static final int PIECE_CHARS = 1 << 15;
    private static final int SAMPLE_CHARS = 1 << 12;
    private static final int SAMPLES = MAX_COUNTED_CHARS / SAMPLE_CHARS;

    // OpenAI's cookbook, "How to count tokens with tiktoken".
    private static final int TOKENS_OF_A_MESSAGE = 3;
    private static final int TOKENS_OF_A_NAME = 1;
    private static final int TOKENS_OF_THE_ANSWERS_HEAD = 3;

    // One less in each recorded exchange with o3-mini, gpt-5 and gpt-5-nano.
    private static final int TOKENS_OF_A_REASONED_ANSWERS_HEAD = 2;

    // A square of 1,024 pixels in high detail, in OpenAI's guide to vision; sizes are not known
    // here.
    private static final int TOKENS_OF_AN_IMAGE = 765;

    private final EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();

    /** Loads the encodings of today's models, so that no call has to wait for it. */
    public void warm() {
        count("gpt-4o", "warm");
        count("gpt-4", "warm");
    }

    /** The name of the encoding that a model's text is counted with. */
    public String encoding(String model) {
        return Tokenizer.of(model).getName();
    }

    /**
     * The tokens of a text; special tokens in it count as the ordinary text they are. Beyond {@link
     * #MAX_COUNTED_CHARS} an estimate.
     */
    public long count(String model, String text) {
        Encoding encoding = encodings.getEncoding(Tokenizer.of(model));
        return text.length() <= MAX_COUNTED_CHARS
                ? countPieces(encoding, text)
                : countSamples(encoding, text);
    }

    /**
     * The input tokens of a request: of a chat with its framing, of anything else the texts alone.
     * Images are estimated.
     */
    public long countChat(String model, PromptText prompt) {
        long tokens = prompt.countedTokens() + (long) prompt.images() * TOKENS_OF_AN_IMAGE;
        for (String text : prompt.texts()) {
            tokens += count(model, text);
        }
        for (PromptText.Message message : prompt.messages()) {
            tokens += countMessage(model, message);
        }
        return prompt.messages().isEmpty() ? tokens : tokens + answersHead(model);
    }

    /**
     * A text of exactly so many tokens of that model, always the same.
     *
     * @throws IllegalArgumentException for less than none and more than 20 million
     */
    public String textOfTokens(String model, long tokens) {
        return Words.ofTokens(tokens);
    }

    private static int answersHead(String model) {
        return Tokenizer.reasons(model)
                ? TOKENS_OF_A_REASONED_ANSWERS_HEAD
                : TOKENS_OF_THE_ANSWERS_HEAD;
    }

    private long countMessage(String model, PromptText.Message message) {
        long tokens =
                TOKENS_OF_A_MESSAGE + count(model, message.role()) + count(model, message.text());
        String name = message.name();
        return name == null ? tokens : tokens + TOKENS_OF_A_NAME + count(model, name);
    }

    private static long countPieces(Encoding encoding, String text) {
        long tokens = 0;
        int start = 0;
        while (start < text.length()) {
            int end = pieceEnd(text, start);
            tokens += countPiece(encoding, text.substring(start, end));
            start = end;
        }
        return tokens;
    }

    private static long countPiece(Encoding encoding, String piece) {
        return encoding.countTokensOrdinary(wellFormed(piece));
    }

    /** The text with a question mark for each half of a character, which no encoding knows. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean paired =
                        i + 1 < text.length()
                                && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!paired) {
                    return new String(text.getBytes(UTF_8), UTF_8);
                }
                i++;
            }
        }
        return text;
    }

    /**
     * The end of the piece beginning there. No token spans from a word to the space behind it, so a
     * text cut before such spaces counts as the whole; only one without any is cut elsewhere.
     */
    private static int pieceEnd(String text, int start) {
        int latest = start + PIECE_CHARS;
        if (latest >= text.length()) {
            return text.length();
        }
        for (int i = latest; i > start + PIECE_CHARS / 2; i--) {
            if (text.charAt(i) == ' ' && !Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(latest)) ? latest - 1 : latest;
    }

    private static long countSamples(Encoding encoding, String text) {
        long tokens = 0;
        int gap = (text.length() - SAMPLE_CHARS) / (SAMPLES - 1);
        for (int i = 0; i < SAMPLES; i++) {
            int start = i * gap;
            tokens += countPiece(encoding, text.substring(start, start + SAMPLE_CHARS));
        }
        return Math.round((double) tokens * text.length() / MAX_COUNTED_CHARS);
    }
}
