package io.weir.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the templates of messages: what stays the same from one to the next, with {@code <*>} where
 * they differ. It is Drain (He et al., ICWS 2017): a tree of fixed depth, whose levels are the kind
 * of message, its length and its first word, leads to a short list of templates, of which the most
 * similar takes the message in. The same messages in the same order make the same templates; there
 * is a bound to everything. Mutable, for one thread.
 */
final class TemplateMiner {
    static final int MAX_WORDS = 80;
    static final int MAX_TEMPLATES = 1_000;

    /** As many are compared with each message. */
    private static final int MAX_SIBLINGS = 50;

    /** Half of the words, as in Drain's own evaluation. */
    private static final double LEAST_SIMILARITY = 0.5;

    private final Map<Branch, List<Template>> leaves = new HashMap<>();
    private final Template rest = new Template(List.of(MessageMask.VARIABLE));
    private int templates;

    /**
     * Takes a message in.
     *
     * @param kind messages of different kinds never share a template
     * @return the template it belongs to, which goes on changing while messages are added; one for
     *     all the rest where there is no room for another
     */
    Template add(String kind, String message) {
        List<String> words = words(message);
        Branch branch = new Branch(kind, words.size(), step(words.getFirst()));
        List<Template> siblings = leaves.getOrDefault(branch, List.of());
        Template best = mostSimilar(siblings, words);
        if (best != null) {
            best.takeIn(words);
            return best;
        }
        if (templates == MAX_TEMPLATES || siblings.size() == MAX_SIBLINGS) {
            return rest;
        }
        templates++;
        Template fresh = new Template(words);
        leaves.computeIfAbsent(branch, empty -> new ArrayList<>()).add(fresh);
        return fresh;
    }

    private static List<String> words(String message) {
        String masked = MessageMask.of(message);
        if (masked.isEmpty()) {
            return List.of("(no message)");
        }
        List<String> words = Arrays.asList(masked.split(" ", MAX_WORDS + 1));
        if (words.size() <= MAX_WORDS) {
            return words;
        }
        List<String> cut = new ArrayList<>(words.subList(0, MAX_WORDS));
        cut.add("…");
        return cut;
    }

    /** A word that looks like a variable must not lead apart what belongs together. */
    private static String step(String word) {
        return isPlain(word) ? word : MessageMask.VARIABLE;
    }

    private static boolean isPlain(String word) {
        return !word.contains(MessageMask.VARIABLE) && word.chars().noneMatch(Character::isDigit);
    }

    private static @Nullable Template mostSimilar(List<Template> templates, List<String> words) {
        Template best = null;
        double most = LEAST_SIMILARITY;
        for (Template template : templates) {
            double similarity = template.similarity(words);
            if (similarity > most || (best == null && similarity >= most)) {
                most = similarity;
                best = template;
            }
        }
        return best;
    }

    /** The way to a leaf of the tree. */
    private record Branch(String kind, int length, String first) {}

    /** What messages of one pattern have in common. Changes with each message it takes in. */
    static final class Template {
        private final String[] words;

        private Template(List<String> words) {
            this.words = words.toArray(String[]::new);
        }

        /** Words, with {@code <*>} for those that vary. */
        String text() {
            return Arrays.stream(words).collect(Collectors.joining(" "));
        }

        /**
         * The part of the words that are the same; 0 where more than one plain word differs,
         * because such sentences say different things ("requests per minute", "tokens per minute").
         */
        private double similarity(List<String> message) {
            int same = 0;
            int plain = 0;
            for (int i = 0; i < words.length; i++) {
                String word = message.get(i);
                if (words[i].equals(word)) {
                    same++;
                } else if (isPlain(words[i]) && isPlain(word)) {
                    plain++;
                }
            }
            return plain > 1 ? 0 : (double) same / words.length;
        }

        private void takeIn(List<String> message) {
            for (int i = 0; i < words.length; i++) {
                if (!words[i].equals(message.get(i))) {
                    words[i] = MessageMask.VARIABLE;
                }
            }
        }
    }
}
