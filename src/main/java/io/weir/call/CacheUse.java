package io.weir.call;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Weir's own cache of answers did for a call.
 *
 * @param savedNanoUsd what the call would have cost; null where it was asked for, or where that is
 *     not known
 * @param likeness to an earlier call whose question means the same; null where there was none, or
 *     the request was equal
 */
public record CacheUse(State state, @Nullable Long savedNanoUsd, @Nullable Likeness likeness) {
    /** The answer was not there. */
    public static final CacheUse MISS = new CacheUse(State.MISS, null, null);

    /** The cache is not for such calls, or the client wanted nothing of it. */
    public static final CacheUse BYPASS = new CacheUse(State.BYPASS, null, null);

    /** What became of a call. */
    public enum State {
        /** Its answer is that of an earlier call. */
        HIT,
        /** Its answer was asked for. */
        MISS,
        /** The cache had no part in it. */
        BYPASS;

        /** The stored word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An answer that was there. */
    public static CacheUse hit(@Nullable Long savedNanoUsd) {
        return new CacheUse(State.HIT, savedNanoUsd, null);
    }

    /** The same with an earlier call whose question means the same. */
    public CacheUse like(@Nullable Likeness other) {
        return new CacheUse(state, savedNanoUsd, other);
    }

    /** Whether the answer is that of an earlier call. */
    public boolean isHit() {
        return state == State.HIT;
    }

    /** What is stored as those; null where it is no such word. */
    public static @Nullable CacheUse stored(@Nullable String word, @Nullable Long savedNanoUsd) {
        for (State state : State.values()) {
            if (state.word().equals(word)) {
                return new CacheUse(state, savedNanoUsd, null);
            }
        }
        return null;
    }
}
