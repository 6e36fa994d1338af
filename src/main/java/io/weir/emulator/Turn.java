package io.weir.emulator;

import java.util.List;

/** What the model does with its turn. */
sealed interface Turn {
    /** Tokens of what is seen; reasoning not among them. */
    int tokens();

    /** OpenAI's {@code finish_reason}. */
    String finishReason();

    /** It answers in text. */
    record Says(Speech speech) implements Turn {
        @Override
        public int tokens() {
            return speech.tokens();
        }

        @Override
        public String finishReason() {
            return speech.finishReason();
        }
    }

    /** It will not answer, and says so in the {@code refusal} field. */
    record Declines(Speech speech) implements Turn {
        @Override
        public int tokens() {
            return speech.tokens();
        }

        @Override
        public String finishReason() {
            return speech.finishReason();
        }
    }

    /** It calls functions. */
    record Calls(List<Call> calls, int tokens, String finishReason) implements Turn {}

    /**
     * A function's call.
     *
     * @param arguments JSON, cut as a stream sends it
     */
    record Call(String name, List<String> arguments) {}
}
