package io.weir.cache;

/** Tells what texts mean, as points of which near ones mean much the same. For any threads. */
interface Embedder {
    /**
     * Of length one, so that the product of two is the cosine of the angle between them.
     *
     * @throws EmbeddingFailure where it cannot tell
     */
    float[] embed(String text) throws EmbeddingFailure;

    /** The cosine of the angle between two of them, 1 where they point the same way. */
    static double likeness(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** A text that could not be embedded. */
    final class EmbeddingFailure extends Exception {
        private static final long serialVersionUID = 1;

        EmbeddingFailure(Throwable cause) {
            super("a text could not be embedded: " + cause, cause);
        }
    }
}
