package io.weir.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Endless small stories of a known number of tokens. Each sentence is subject, verb and object, and
 * as many places as fill it up to its length.
 */
final class Prose {
    /** Said first, so that nobody takes it for a model's work. */
    static final List<String> OPENING =
            List.of("This", " is", " a", " made", " up", " answer", ".");

    private static final int SHORTEST_SENTENCE = 6;
    private static final int LONGEST_SENTENCE = 17;

    private final RandomGenerator random;
    private final List<String> pieces;

    private Prose(RandomGenerator random, int tokens) {
        this.random = random;
        this.pieces = new ArrayList<>(tokens + LONGEST_SENTENCE + SHORTEST_SENTENCE);
    }

    /**
     * The first {@code tokens} pieces of the story; each is one token.
     *
     * @param opening how it begins, in pieces of one token
     * @param natural where the story has a full stop that may be its last: at the opening's end, or
     *     six tokens later, or beyond
     */
    static List<String> tell(
            RandomGenerator random, List<String> opening, int natural, int tokens) {
        Prose prose = new Prose(random, Math.max(natural, tokens));
        prose.pieces.addAll(opening);
        prose.fill(natural);
        while (prose.pieces.size() < tokens) {
            prose.sentence(prose.length());
        }
        return prose.pieces.subList(0, tokens);
    }

    private void fill(int natural) {
        while (pieces.size() < natural) {
            int left = natural - pieces.size();
            int length = length();
            boolean fits = left - length >= SHORTEST_SENTENCE;
            sentence(fits ? length : left);
        }
    }

    private int length() {
        return random.nextInt(SHORTEST_SENTENCE, LONGEST_SENTENCE + 1);
    }

    private void sentence(int length) {
        int adjectives = (length - SHORTEST_SENTENCE) % 3;
        int places = (length - SHORTEST_SENTENCE) / 3;
        pieces.add(pick(Words.OPENERS));
        noun(adjectives > 0);
        pieces.add(pick(Words.VERBS));
        pieces.add(pick(Words.DETERMINERS));
        noun(adjectives > 1);
        for (int i = 0; i < places; i++) {
            pieces.add(pick(Words.PREPOSITIONS));
            pieces.add(pick(Words.DETERMINERS));
            noun(false);
        }
        pieces.add(".");
    }

    private void noun(boolean described) {
        if (described) {
            pieces.add(pick(Words.ADJECTIVES));
        }
        pieces.add(pick(Words.NOUNS));
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
