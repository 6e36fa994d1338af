package io.weir.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * HTTP fields in their order, names as sent, repeated ones kept. Names compare without case (RFC
 * 9110, section 5.1). Immutable; a flat array, because a call has a dozen of them and looks up
 * three.
 */
public final class Headers {
    /** No fields. */
    public static final Headers NONE = new Headers(new String[0]);

    private static final String BEARER = "Bearer ";

    private final String[] namesAndValues;

    private Headers(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** Fields from alternating names and values. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "a name without a value: " + namesAndValues.length + " strings");
        }
        return namesAndValues.length == 0 ? NONE : new Headers(namesAndValues.clone());
    }

    /** The number of fields. */
    public int size() {
        return namesAndValues.length / 2;
    }

    /** The name of the field at {@code index}, as it was sent. */
    public String name(int index) {
        return namesAndValues[2 * index];
    }

    /** The value of the field at {@code index}. */
    public String value(int index) {
        return namesAndValues[2 * index + 1];
    }

    /** The value of the first field of that name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                return Optional.of(namesAndValues[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** The values of every field of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        forEach((n, value) -> {
            if (n.equalsIgnoreCase(name)) {
                values.add(value);
            }
        });
        return values;
    }

    /** Whether a field of that name is there. */
    public boolean has(String name) {
        return first(name).isPresent();
    }

    /**
     * What is shown by {@code authorization: Bearer …}; empty where nothing is, or more than that.
     *
     * @param mostChars of the whole field
     */
    public Optional<String> bearer(int mostChars) {
        return first("authorization")
                .filter(field ->
                        field.length() <= mostChars
                                && field.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(field -> field.substring(BEARER.length()).strip());
    }

    /** Whether the content is a stream of server-sent events. */
    public boolean isEventStream() {
        return first("content-type")
                .map(type -> type.startsWith("text/event-stream"))
                .orElse(false);
    }

    /** Calls {@code each} with every name and value, in order. */
    public void forEach(BiConsumer<String, String> each) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            each.accept(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /** These fields without those whose name the test accepts. */
    public Headers without(Predicate<String> names) {
        List<String> kept = new ArrayList<>(namesAndValues.length);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!names.test(namesAndValues[i])) {
                kept.add(namesAndValues[i]);
                kept.add(namesAndValues[i + 1]);
            }
        }
        return kept.size() == namesAndValues.length
                ? this
                : new Headers(kept.toArray(new String[0]));
    }

    /** These fields, then those. */
    public Headers and(Headers more) {
        String[] joined = new String[namesAndValues.length + more.namesAndValues.length];
        System.arraycopy(namesAndValues, 0, joined, 0, namesAndValues.length);
        System.arraycopy(
                more.namesAndValues, 0, joined, namesAndValues.length, more.namesAndValues.length);
        return new Headers(joined);
    }

    /** These fields, then one more. */
    public Headers and(String name, String value) {
        return and(Headers.of(name, value));
    }

    /** These fields with every one of that name replaced by a single one at the end. */
    public Headers with(String name, String value) {
        return without(name::equalsIgnoreCase).and(name, value);
    }

    /** The names only: values may be secrets. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((name, value) -> names.add(name));
        return "Headers" + names;
    }
}
