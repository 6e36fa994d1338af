package io.weir.web;

import io.weir.access.Role;

/**
 * Somebody who has logged in.
 *
 * @param csrf what each of their forms has to send along, so that no other site can send it for
 *     them
 */
record Visitor(String name, Role role, String csrf) {
    boolean isAdmin() {
        return role == Role.ADMIN;
    }
}
