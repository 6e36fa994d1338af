package io.weir.limit;

/** What a rule can tell calls apart by. */
public enum Dimension {
    /** The id of the gateway key. */
    KEY("key"),
    /** The project of the key. */
    PROJECT("project"),
    /** A tag of the key. */
    TAG("tag"),
    /** The model that is asked for. */
    MODEL("model"),
    /** The end user, within a project. */
    USER("user");

    private final String word;

    Dimension(String word) {
        this.word = word;
    }

    /** Its name in rules. */
    public String word() {
        return word;
    }

    /**
     * The dimension of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Dimension of(String word) {
        return Words.one(values(), Dimension::word, word);
    }
}
