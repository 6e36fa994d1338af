package io.weir.http;

/** Who may use a route. */
public enum Access {
    /** Anybody: it shows nothing worth hiding. */
    PUBLIC,
    /** Whoever shows the admin key. */
    ADMIN_KEY
}
