package io.weir.cache;

/**
 * Takes texts for alike that have the same words, whatever stands between: enough of a meaning to
 * see what a cache makes of it. Fails when it is told to.
 */
final class WordPoints implements Embedder {
    private static final int DIMENSIONS = 256;

    volatile boolean fails;

    @Override
    public float[] embed(String text) throws EmbeddingFailure {
        if (fails) {
            throw new EmbeddingFailure(new IllegalStateException("it was told to"));
        }
        float[] point = new float[DIMENSIONS];
        double squares = 0;
        for (String word : text.toLowerCase(java.util.Locale.ROOT).split("\\W+", -1)) {
            if (!word.isEmpty()) {
                point[Math.floorMod(word.hashCode() * 31, DIMENSIONS)] += 1;
            }
        }
        for (float each : point) {
            squares += each * each;
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            point[i] /= (float) Math.sqrt(squares);
        }
        return point;
    }
}
