package io.weir.emulator;

import io.weir.wire.Usage;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything the model answers to one ask.
 *
 * @param turns one for each choice
 * @param usage of all choices together
 */
record Composed(List<Turn> turns, Usage usage) {
    /** Lets the composer make so many choices. */
    static Composed of(Composer composer, Ask ask, int choices) {
        List<Turn> turns = new ArrayList<>(choices);
        long tokens = 0;
        long reasoning = 0;
        for (int i = 0; i < choices; i++) {
            Turn turn = composer.compose(ask, i);
            turns.add(turn);
            tokens += turn.tokens();
            reasoning += composer.reasoningTokens(ask, i);
        }
        long cached = ask.quirk() == Quirk.CACHED ? ask.promptTokens() * 3L / 4 : 0;
        long input = ask.promptTokens() - cached;
        return new Composed(turns, new Usage(input, cached, 0, 0, 0, tokens, reasoning, 0, 0));
    }

    /** Both together. */
    Composed and(Composed more) {
        List<Turn> all = new ArrayList<>(turns);
        all.addAll(more.turns);
        return new Composed(all, usage.plus(more.usage));
    }

    /** Tokens that are written one after another: choices are written side by side. */
    int steps() {
        return (int) (usage.outputTotal() / Math.max(1, turns.size()));
    }

    /** Tokens thought before the first is said. */
    int thought() {
        return (int) (usage.reasoning() / Math.max(1, turns.size()));
    }
}
