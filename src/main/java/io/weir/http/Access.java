package io.weir.http;

import io.weir.access.Role;

/** Who may use a route. */
public enum Access {
    /** Anybody: it shows nothing worth hiding. */
    PUBLIC(Proof.NONE, Role.VIEWER),
    /** Whoever has logged in to the dashboard. */
    VIEWER_SESSION(Proof.SESSION, Role.VIEWER),
    /** Whoever has logged in to the dashboard, and looks after a project at least. */
    PROJECT_ADMIN_SESSION(Proof.SESSION, Role.PROJECT_ADMIN),
    /** Whoever has logged in to the dashboard as an administrator. */
    ADMIN_SESSION(Proof.SESSION, Role.ADMIN),
    /** Whoever shows a token of the admin API, or the admin key. */
    VIEWER_KEY(Proof.KEY, Role.VIEWER),
    /** Whoever shows a token of somebody who looks after a project at least, or the admin key. */
    PROJECT_ADMIN_KEY(Proof.KEY, Role.PROJECT_ADMIN),
    /** Whoever shows an administrator's token, or the admin key. */
    ADMIN_KEY(Proof.KEY, Role.ADMIN);

    private final Proof proof;
    private final Role least;

    /** How somebody shows who they are. */
    public enum Proof {
        /** Not at all. */
        NONE,
        /** By a browser's session. */
        SESSION,
        /** By a key or a token in {@code authorization}. */
        KEY
    }

    Access(Proof proof, Role least) {
        this.proof = proof;
        this.least = least;
    }

    /** How somebody has to show who they are. */
    public Proof proof() {
        return proof;
    }

    /** What they have to be at least. */
    public Role least() {
        return least;
    }
}
