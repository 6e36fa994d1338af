package io.weir.alert;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much an alert matters, the least first. */
public enum Severity {
    /** Worth knowing. */
    INFO,
    /** To be looked at in working hours. */
    WARNING,
    /** To be looked at now. */
    CRITICAL;

    /** The words there are. */
    static final List<String> WORDS = Arrays.stream(values()).map(Severity::word).toList();

    /** The word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of a word that is one of {@link #WORDS}. */
    static Severity of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
