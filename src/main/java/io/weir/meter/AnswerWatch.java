package io.weir.meter;

import io.weir.wire.AnswerFacts;
import java.util.List;

/** Reads a copy of an answer while it passes. Owned by the thread that relays it. */
interface AnswerWatch {
    /**
     * Whether the client shall see something else than what is fed. Where not, the bytes pass where
     * they are, and {@code client} is given nothing.
     */
    default boolean edits() {
        return false;
    }

    /** Takes the next piece; gives what the client shall see of it to {@code client}. */
    void feed(byte[] bytes, int offset, int length, Pending client);

    /** Takes the end; gives what was held back to {@code client}. */
    void finish(Pending client);

    /** Whether the answer's own end mark has passed. */
    boolean ended();

    /** Whether an answer that ends here is whole. */
    boolean whole();

    /** Whether the first content token has passed. */
    boolean begun();

    /** Events so far; 0 where the answer is not made of events. */
    long events();

    /** What was read so far. */
    AnswerFacts facts();

    /** The text the model wrote, one a choice, as far as it was kept. */
    List<String> texts();
}
