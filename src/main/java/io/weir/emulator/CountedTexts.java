package io.weir.emulator;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the counts of recent texts: a benchmark sends the same prompt over and over, and
 * counting it costs more than the whole rest of an answer. Any thread may ask.
 */
final class CountedTexts implements TokenCount {
    private static final int SLOTS = 1_024;
    private static final int LONGEST_TEXT = 8_192;

    private final TokenCount counter;
    private final AtomicReferenceArray<@Nullable Counted> slots = new AtomicReferenceArray<>(SLOTS);

    CountedTexts(TokenCount counter) {
        this.counter = counter;
    }

    @Override
    public int count(String model, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (text.length() > LONGEST_TEXT) {
            return counter.count(model, text);
        }
        int slot = Math.floorMod(text.hashCode() * 31 + model.hashCode(), SLOTS);
        Counted known = slots.get(slot);
        if (known != null && known.text.equals(text) && known.model.equals(model)) {
            return known.tokens;
        }
        int tokens = counter.count(model, text);
        slots.set(slot, new Counted(model, text, tokens));
        return tokens;
    }

    private record Counted(String model, String text, int tokens) {}
}
