package io.weir.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with names in it, as <code>{{rule}}</code>, whose places values take. A value is text and
 * nothing else, whatever is in it.
 *
 * @param literals what stands before, between and after the names; one more than these
 */
record Template(List<String> literals, List<String> names) {
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*(.*?)\\s*\\}\\}");

    Template {
        literals = List.copyOf(literals);
        names = List.copyOf(names);
    }

    /**
     * The template of a text.
     *
     * @param known the names there are
     * @throws IllegalArgumentException with these, if another is in it
     */
    static Template of(String text, Set<String> known) {
        List<String> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no {{%s}}: there are %s"
                                .formatted(name, String.join(", ", known)));
            }
            literals.add(text.substring(end, matcher.start()));
            names.add(name);
            end = matcher.end();
        }
        literals.add(text.substring(end));
        return new Template(literals, names);
    }

    /** The text with the value of each name in its place. */
    String filled(UnaryOperator<String> values) {
        StringBuilder filled = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            filled.append(values.apply(names.get(i))).append(literals.get(i + 1));
        }
        return filled.toString();
    }
}
