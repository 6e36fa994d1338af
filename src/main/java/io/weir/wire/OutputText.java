package io.weir.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The text an answer has brought so far, choice by choice, up to a bound. Kept so that tokens can
 * be counted where the provider does not say. Mutable; belongs to its {@link AnswerReader}.
 */
final class OutputText {
    /** A choice's index beyond this is rubbish, and its text goes to the last one. */
    private static final int MAX_CHOICES = 128;

    private final int maxChars;
    private final List<StringBuilder> choices = new ArrayList<>(1);
    private int chars;
    private boolean truncated;

    OutputText(int maxChars) {
        this.maxChars = maxChars;
    }

    void append(int choice, String text) {
        int kept = Math.min(text.length(), maxChars - chars);
        truncated |= kept < text.length();
        chars += kept;
        int index = Math.clamp(choice, 0, MAX_CHOICES - 1);
        while (choices.size() <= index) {
            choices.add(new StringBuilder());
        }
        choices.get(index).append(text, 0, kept);
    }

    boolean truncated() {
        return truncated;
    }

    /** One text a choice, in the choices' order. */
    List<String> texts() {
        return choices.stream().map(StringBuilder::toString).toList();
    }
}
