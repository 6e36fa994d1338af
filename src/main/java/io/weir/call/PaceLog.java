package io.weir.call;

import java.util.Arrays;

/**
 * Notes when the pieces of an answer are relayed, in a few bytes each; {@link Pace} reads it.
 * Mutable; belongs to the thread that relays.
 */
public final class PaceLog {
    /** An answer of more pieces is kept as these, the last of them with the rest. */
    static final int MOST_PIECES = 4_096;

    /** What comes within a millisecond nobody sees come one after the other. */
    static final long TOGETHER_MICROS = 1_000;

    private static final int FIRST_ROOM = 64;

    private long[] micros = {};
    private int[] bytes = {};
    private int count;

    /**
     * Notes a piece.
     *
     * @param at microseconds after the call was received
     */
    public void relayed(long at, int length) {
        if (count > 0 && (count == MOST_PIECES || at - micros[count - 1] < TOGETHER_MICROS)) {
            bytes[count - 1] += length;
            return;
        }
        if (count == micros.length) {
            int room = Math.max(FIRST_ROOM, 2 * count);
            micros = Arrays.copyOf(micros, room);
            bytes = Arrays.copyOf(bytes, room);
        }
        micros[count] = at;
        bytes[count] = length;
        count++;
    }

    /**
     * The pieces, each as microseconds after the one before and bytes: {@code 81234+312 18020+9}.
     */
    public String text() {
        StringBuilder text = new StringBuilder(10 * count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(micros[i] - before).append('+').append(bytes[i]);
            before = micros[i];
        }
        return text.toString();
    }
}
