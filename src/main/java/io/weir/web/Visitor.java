package io.weir.web;

import io.weir.access.Actor;
import io.weir.access.Role;
import java.util.Set;

/**
 * Somebody who has logged in.
 *
 * @param csrf what each of their forms has to send along, so that no other site can send it for
 *     them
 */
record Visitor(Actor actor, String csrf) {
    /** Whoever has not logged in. */
    static final Visitor NOBODY = new Visitor(new Actor("", Role.VIEWER, Set.of()), "");

    String name() {
        return actor.name();
    }

    Role role() {
        return actor.role();
    }

    boolean isAdmin() {
        return role() == Role.ADMIN;
    }
}
