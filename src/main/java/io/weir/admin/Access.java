package io.weir.admin;

/** Who may use a route. */
public enum Access {
    /** Anybody: it shows nothing worth hiding. */
    PUBLIC,
    /** Whoever shows the admin key. */
    ADMIN
}
