package io.weir.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A string that matches a regular expression made of literals, classes, groups, alternatives and
 * quantifiers. Expressions with anything else have no sample. Made for one string and one thread.
 */
final class PatternSample {
    private static final int MOST_REPEATS = 3;
    private static final int LONGEST = 1_000;
    private static final int DEEPEST = 30;
    private static final int MOST_WRITES = 20_000;
    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String PRINTABLE = LETTERS + DIGITS + "_-.,:;!?#%&*+/=@~ ";

    /** A part of an expression: writes a text that matches it. */
    private interface Part {
        void write(StringBuilder out);
    }

    private final String pattern;
    private final RandomGenerator random;
    private int at;
    private int depth;
    private int writes;
    private boolean understood = true;

    private PatternSample(String pattern, RandomGenerator random) {
        this.pattern = pattern;
        this.random = random;
    }

    /** A matching string; empty where the expression is not understood. */
    static Optional<String> of(String pattern, RandomGenerator random) {
        PatternSample sample = new PatternSample(pattern, random);
        Part whole = sample.alternatives();
        if (!sample.understood || sample.at < pattern.length()) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder();
        whole.write(out);
        return out.length() > LONGEST || sample.writes > MOST_WRITES
                ? Optional.empty()
                : Optional.of(out.toString());
    }

    private Part alternatives() {
        List<Part> options = new ArrayList<>();
        options.add(sequence());
        while (peek() == '|') {
            at++;
            options.add(sequence());
        }
        return out -> options.get(random.nextInt(options.size())).write(out);
    }

    private Part sequence() {
        List<Part> parts = new ArrayList<>();
        while (understood && at < pattern.length() && peek() != '|' && peek() != ')') {
            parts.add(quantified(atom()));
        }
        return out -> parts.forEach(part -> part.write(out));
    }

    private Part atom() {
        char next = pattern.charAt(at++);
        return switch (next) {
            case '^', '$' -> out -> {};
            case '.' -> oneOf(LETTERS);
            case '[' -> oneOf(characters());
            case '(' -> group();
            case '\\' -> escaped();
            case '*', '+', '?' -> unknown();
            default -> out -> out.append(next);
        };
    }

    private Part group() {
        if (peek() == '?') {
            if (!pattern.startsWith("?:", at)) {
                return unknown();
            }
            at += 2;
        }
        if (++depth > DEEPEST) {
            return unknown();
        }
        Part inner = alternatives();
        depth--;
        if (peek() != ')') {
            return unknown();
        }
        at++;
        return inner;
    }

    private Part escaped() {
        if (peek() == 'b') {
            at++;
            return out -> {};
        }
        String set = set();
        return set.isEmpty() ? unknown() : oneOf(set);
    }

    /** The characters that the letter after a backslash stands for; none if it is not known. */
    private String set() {
        if (at >= pattern.length()) {
            return "";
        }
        char letter = pattern.charAt(at++);
        return switch (letter) {
            case 'd' -> DIGITS;
            case 'w' -> LETTERS + DIGITS;
            case 's' -> " ";
            case 'D', 'S' -> LETTERS;
            case 'W' -> "-.,";
            case 'n' -> "\n";
            case 't' -> "\t";
            default -> Character.isLetterOrDigit(letter) ? "" : String.valueOf(letter);
        };
    }

    private String characters() {
        boolean negated = peek() == '^';
        at += negated ? 1 : 0;
        StringBuilder set = new StringBuilder();
        while (at < pattern.length() && (peek() != ']' || set.isEmpty())) {
            char first = pattern.charAt(at++);
            if (first == '\\') {
                set.append(set());
            } else if (peek() == '-'
                    && at + 1 < pattern.length()
                    && pattern.charAt(at + 1) != ']') {
                char last = pattern.charAt(at + 1);
                at += 2;
                for (int c = first; c <= last && set.length() < LONGEST; c++) {
                    set.append((char) c);
                }
            } else {
                set.append(first);
            }
        }
        understood &= at < pattern.length();
        at++;
        return negated ? others(set.toString()) : set.toString();
    }

    private static String others(String set) {
        StringBuilder others = new StringBuilder();
        PRINTABLE.chars().filter(c -> set.indexOf(c) < 0).forEach(others::appendCodePoint);
        return others.toString();
    }

    private Part quantified(Part part) {
        int least;
        int most;
        switch (peek()) {
            case '?' -> {
                least = 0;
                most = 1;
                at++;
            }
            case '*' -> {
                least = 0;
                most = MOST_REPEATS;
                at++;
            }
            case '+' -> {
                least = 1;
                most = MOST_REPEATS;
                at++;
            }
            case '{' -> {
                return counted(part);
            }
            default -> {
                return part;
            }
        }
        return repeated(part, least, most);
    }

    private Part counted(Part part) {
        int end = pattern.indexOf('}', at);
        String[] bounds = end < 0 ? new String[0] : pattern.substring(at + 1, end).split(",", -1);
        if (bounds.length == 0 || bounds.length > 2 || !bounds[0].matches("\\d{1,4}")) {
            return unknown();
        }
        at = end + 1;
        int least = Integer.parseInt(bounds[0]);
        String last = bounds[bounds.length - 1];
        if (last.isEmpty()) {
            return repeated(part, least, least + MOST_REPEATS);
        }
        return last.matches("\\d{1,4}")
                ? repeated(part, least, Math.max(least, Integer.parseInt(last)))
                : unknown();
    }

    private Part repeated(Part part, int least, int most) {
        if (peek() == '?' || peek() == '+') {
            at++;
        }
        int times = random.nextInt(least, Math.min(most, least + MOST_REPEATS) + 1);
        return out -> {
            for (int i = 0; i < times && writes++ < MOST_WRITES; i++) {
                part.write(out);
            }
        };
    }

    private Part oneOf(String set) {
        if (set.isEmpty()) {
            return unknown();
        }
        return out -> out.append(set.charAt(random.nextInt(set.length())));
    }

    private Part unknown() {
        understood = false;
        return out -> {};
    }

    private char peek() {
        return at < pattern.length() ? pattern.charAt(at) : '\0';
    }
}
