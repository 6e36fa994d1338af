package io.weir.web;

/** What a user of the dashboard may do. */
enum Role {
    /** Everything. */
    ADMIN,
    /** See every page, change nothing. */
    VIEWER;

    /** The stored and shown word, lower case. */
    String word() {
        return switch (this) {
            case ADMIN -> "admin";
            case VIEWER -> "viewer";
        };
    }

    /**
     * The role of that word.
     *
     * @throws IllegalArgumentException where there is none
     */
    static Role of(String word) {
        return switch (word) {
            case "admin" -> ADMIN;
            case "viewer" -> VIEWER;
            default ->
                    throw new IllegalArgumentException(
                            "no role is called '" + word + "'; there are admin and viewer");
        };
    }
}
