package io.weir.web;

import io.weir.access.Role;
import java.time.Instant;

/**
 * Somebody who may log in.
 *
 * @param password its {@link Passwords#hash}
 * @param since when they were added
 */
record User(String name, Role role, String password, Instant since) {
    User as(Role other) {
        return new User(name, other, password, since);
    }

    User withPassword(String hash) {
        return new User(name, role, hash, since);
    }

    /** The hash is nobody's business. */
    @Override
    public String toString() {
        return "User[" + name + ", " + role.word() + "]";
    }
}
