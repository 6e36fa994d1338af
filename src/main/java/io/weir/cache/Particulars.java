package io.weir.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a text must be the same for another to ask the same: a model of meaning sets sentences
 * near each other that differ in a number, a name, a quotation or a "not", which is all the
 * difference.
 *
 * @param listed numbers, quotations, words against (not, without, never), words with an opposite,
 *     names, each as often as it is there and in its order
 * @param words all words, in their order
 */
record Particulars(List<String> listed, List<String> words) {
    private static final Pattern QUOTED =
            Pattern.compile("\"([^\"]+)\"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|`([^`]+)`");
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{N}]+(?:['’.,:/-][\\p{L}\\p{N}]+)*");

    private static final String NUMBER = "number ";

    /** In English and the languages around it. */
    private static final Set<String> AGAINST =
            words(
                    "not no never without none neither nor cannot except unless nicht kein keine "
                            + "keinen keiner nie ohne außer pas sans jamais aucun sin nunca nada senza non mai");

    /** Words that turn a question round. */
    private static final Set<String> OPPOSED =
            words(
                    "before after more less most least first last highest lowest largest smallest "
                            + "longest shortest taller shorter longer higher lower best worst better worse "
                            + "increase decrease add remove enable disable open close buy sell start stop "
                            + "upload download above below over under up down off left right min max minimum "
                            + "maximum from today tomorrow yesterday now later morning evening night");

    private static final Set<String> NUMERALS =
            words(
                    "one two three four five six seven eight nine ten eleven twelve dozen twenty "
                            + "thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
                            + "half quarter twice double triple second third");

    Particulars {
        listed = List.copyOf(listed);
        words = List.copyOf(words);
    }

    /** Of a text. */
    static Particulars of(String text) {
        List<String> found = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            found.add("quoted " + quoted.group());
        }
        Matcher word = WORD.matcher(text);
        boolean begins = true;
        int end = 0;
        while (word.find()) {
            begins |= text.substring(end, word.start()).matches("(?s).*[.!?:\\n].*");
            add(word.group(), begins, found);
            words.add(word.group().toLowerCase(Locale.ROOT));
            begins = false;
            end = word.end();
        }
        return new Particulars(found, words);
    }

    /**
     * Whether another text may ask the same: the same is listed, and it is not made of the same
     * words in another order.
     */
    boolean allow(Particulars other) {
        return listed.equals(other.listed)
                && (words.equals(other.words) || !sorted(words).equals(sorted(other.words)));
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" ", -1));
    }

    private static List<String> sorted(List<String> words) {
        return words.stream().sorted().toList();
    }

    /** Of what is listed, the numbers alone. */
    List<String> numbers() {
        return listed.stream().filter(each -> each.startsWith(NUMBER)).toList();
    }

    private static void add(String word, boolean begins, List<String> to) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean isNumber =
                NUMERALS.contains(lower) || word.codePoints().anyMatch(Character::isDigit);
        boolean isAgainst =
                AGAINST.contains(lower) || lower.endsWith("n't") || lower.endsWith("n’t");
        boolean isName = Character.isUpperCase(word.codePointAt(0)) && !word.equals("I");
        if (isNumber) {
            to.add(NUMBER + lower);
        } else if (isAgainst) {
            to.add("against");
        } else if (OPPOSED.contains(lower)) {
            to.add("opposed " + lower);
        } else if (isName && (!begins || isShouted(word))) {
            to.add("name " + lower);
        }
    }

    private static boolean isShouted(String word) {
        return word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    }
}
