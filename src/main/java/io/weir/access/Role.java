package io.weir.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** What somebody may do who looks after Weir, from the least to the most. */
public enum Role {
    /** See everything, change nothing. */
    VIEWER("viewer"),
    /** See everything, and change what belongs to their own projects. */
    PROJECT_ADMIN("project-admin"),
    /** Everything. */
    ADMIN("admin");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The stored and shown word. */
    public String word() {
        return word;
    }

    /** Whether it may do all that the other may. */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }

    /**
     * Refuses a project-admin without projects, and anybody else with some.
     *
     * @throws IllegalArgumentException for them
     */
    public void requireProjects(Collection<String> projects) {
        if ((this == PROJECT_ADMIN) == projects.isEmpty()) {
            throw new IllegalArgumentException(
                    "a project-admin has projects, and nobody else has: say which");
        }
    }

    /**
     * The role of that word.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Role of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no role is called '%s'; there are %s"
                                        .formatted(
                                                word,
                                                Arrays.stream(values())
                                                        .map(Role::word)
                                                        .collect(Collectors.joining(", ")))));
    }
}
