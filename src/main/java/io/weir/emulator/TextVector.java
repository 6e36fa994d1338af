package io.weir.emulator;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Makes embeddings: every word moves a few coordinates, and the sum is scaled to length one. */
final class TextVector {
    private static final Pattern WORD_BOUNDARY = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int COORDINATES_A_WORD = 32;

    private TextVector() {}

    /** The embedding of a text or of an array of token numbers. */
    static float[] of(JsonNode input, int dimensions) {
        float[] vector = new float[dimensions];
        if (input.isString()) {
            for (String word :
                    WORD_BOUNDARY.split(input.stringValue().toLowerCase(Locale.ROOT), -1)) {
                add(vector, word.hashCode());
            }
        } else {
            input.forEach(token -> add(vector, token.hashCode()));
        }
        return normalised(vector);
    }

    private static void add(float[] vector, int word) {
        RandomGenerator random = new SplittableRandom(word);
        for (int i = 0; i < COORDINATES_A_WORD; i++) {
            vector[random.nextInt(vector.length)] += random.nextFloat() - 0.5f;
        }
    }

    private static float[] normalised(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (squares == 0) {
            vector[0] = 1;
            return vector;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }
}
