package io.weir.report;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of failure there are, by who has to do something about it. */
public enum FailureClass {
    /** The client went away before its answer was complete. */
    CLIENT_GONE("client gone", "outcome = 'client_gone'"),
    /** Weir refused the call. */
    REFUSED("refused by Weir", "outcome = 'refused'"),
    /** A timer ran out, here or at the upstream. */
    TIME_OUT(
            "time-out",
            "outcome = 'deadline_passed' OR status IN (408, 504) OR outcome = 'upstream_failed' AND error_type LIKE '%timeout'"),
    /** The upstream could not be reached, or the connection broke. */
    CONNECTION("connection", "outcome = 'upstream_failed'"),
    /** Weir stopped while the call was under way. */
    INTERRUPTED("interrupted", "outcome = 'interrupted'"),
    /** Too many requests or tokens, or no money left. */
    RATE_LIMIT("rate limit", "status = 429"),
    /** The key is wrong or may not do that. */
    ACCESS("key or access", "status IN (401, 403)"),
    /** The request is at fault. */
    BAD_REQUEST("bad request", "status BETWEEN 400 AND 499"),
    /** The upstream failed, before or within its answer. */
    SERVER("server", "true");

    private final String word;
    private final String condition;

    FailureClass(String word, String condition) {
        this.word = word;
        this.condition = condition;
    }

    /** The words for it. */
    public String word() {
        return word;
    }

    /**
     * The class of those words.
     *
     * @throws IllegalArgumentException with the words there are
     */
    public static FailureClass of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'%s' is no class of failures; there are %s"
                                        .formatted(
                                                word,
                                                Arrays.stream(values())
                                                        .map(FailureClass::word)
                                                        .collect(Collectors.joining(", ")))));
    }

    /** Whether a call failed in one of those ways. */
    static String among(Set<FailureClass> classes) {
        return classes.stream()
                .sorted()
                .map(each -> "'" + each.word + "'")
                .collect(Collectors.joining(", ", "((" + sql() + ") IN (", "))"));
    }

    /** The words for a call's class, the first of which the condition holds; null for none. */
    static String sql() {
        return Arrays.stream(values())
                .map(each -> "WHEN " + each.condition + " THEN '" + each.word + "'")
                .collect(
                        Collectors.joining(
                                " ", "CASE WHEN (" + Words.ERROR + ") IS NULL THEN NULL ", " END"));
    }
}
