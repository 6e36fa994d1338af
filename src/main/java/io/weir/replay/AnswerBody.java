package io.weir.replay;

/** Sees the bytes of an answer's body as they arrive; the array is only lent. */
interface AnswerBody {
    /** The next {@code length} bytes. */
    void accept(byte[] bytes, int from, int length);
}
