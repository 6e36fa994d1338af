package io.weir.http;

/** Who may use a route. */
public enum Access {
    /** Anybody: it shows nothing worth hiding. */
    PUBLIC,
    /** Whoever has logged in to the dashboard. */
    VIEWER_SESSION,
    /** Whoever has logged in to the dashboard as an administrator. */
    ADMIN_SESSION,
    /** Whoever shows the admin key. */
    ADMIN_KEY
}
