package io.weir.access;

import java.util.Set;

/**
 * Somebody who looks after Weir, by the admin API or the dashboard.
 *
 * @param name as the audit log shows it
 * @param projects those that a {@link Role#PROJECT_ADMIN} looks after
 */
public record Actor(String name, Role role, Set<String> projects) {
    /** Whoever has the admin key, which bears no name. */
    public static final Actor ADMIN_KEY = new Actor("the admin key", Role.ADMIN, Set.of());

    /** Weir itself, where it acts unasked. */
    public static final Actor WEIR = new Actor("Weir", Role.ADMIN, Set.of());

    public Actor {
        projects = Set.copyOf(projects);
    }

    /** Whether they may change what belongs to that project. */
    public boolean manages(String project) {
        return role == Role.ADMIN || (role == Role.PROJECT_ADMIN && projects.contains(project));
    }

    /**
     * Refuses those who may not change what belongs to that project.
     *
     * @throws Denied for them
     */
    public void requireManages(String project) {
        if (!manages(project)) {
            throw new Denied(
                    "%s is %s, and may not change what belongs to the project '%s'"
                            .formatted(name, role.word(), project));
        }
    }

    /**
     * Refuses all but administrators.
     *
     * @param deed what they want to do, to go on with "may not"
     * @throws Denied for the others
     */
    public void requireAdmin(String deed) {
        if (role != Role.ADMIN) {
            throw new Denied("%s is %s, and may not %s".formatted(name, role.word(), deed));
        }
    }
}
