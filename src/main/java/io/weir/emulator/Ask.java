package io.weir.emulator;

import java.util.List;

/**
 * What is asked of the model, in one shape for every endpoint.
 *
 * @param seed what the answer is drawn from: the prompt's fingerprint and the request's seed
 * @param promptTokens what the prompt costs
 * @param question the last thing the user said; empty after a tool's answer
 * @param limit the most tokens to write, or {@link #UNLIMITED}
 */
record Ask(
        String model,
        Quirk quirk,
        long seed,
        int promptTokens,
        String question,
        int limit,
        List<String> stops,
        Form form,
        Tools tools) {
    static final int UNLIMITED = -1;

    /** Whether there is a limit and it is below that many tokens. */
    boolean limitedBelow(int tokens) {
        return limit != UNLIMITED && limit < tokens;
    }
}
