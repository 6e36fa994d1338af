package io.weir.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence of a report, cut at the times in it, so that each can be shown in the viewer's zone.
 */
record Sentence(List<Part> parts) {
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2})?Z");

    /** What reports write between the ends of a span. */
    private static final String SPAN = "/";

    /** A piece of it: an instant in ISO form, or other text. */
    record Part(String text, boolean time) {}

    Sentence {
        parts = List.copyOf(parts);
    }

    static Sentence of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher times = TIME.matcher(text);
        int from = 0;
        while (times.find()) {
            String between = text.substring(from, times.start());
            parts.add(new Part(between.equals(SPAN) ? " – " : between, false));
            parts.add(new Part(times.group(), true));
            from = times.end();
        }
        parts.add(new Part(text.substring(from), false));
        return new Sentence(parts);
    }
}
