package io.weir.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The store could not do what it was asked; the message says what to do about it. */
public final class StoreUnavailable extends IOException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    StoreUnavailable(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Which kind of trouble it is. */
    public Reason reason() {
        return reason;
    }

    /** The kinds of trouble. */
    public enum Reason {
        /** Less is free on the disk than the store keeps clear. */
        DISK_NEARLY_FULL,
        /** The database file cannot be opened, read or written. */
        DATABASE_BROKEN,
        /** Another process has the database open. */
        LOCKED,
        /** The database was made by other software than this: newer, or changed. */
        SCHEMA,
        /** Too many reads at once. */
        BUSY,
        /** A read took longer than it may. */
        TIME_LIMIT,
        /** A read's answer, or what it needs in memory, is larger than it may be. */
        TOO_LARGE,
        /** The store was closed. */
        CLOSED;

        /** The stored and reported word, lower case. */
        public String word() {
            return switch (this) {
                case DISK_NEARLY_FULL -> "disk_nearly_full";
                case DATABASE_BROKEN -> "database_broken";
                case LOCKED -> "locked";
                case SCHEMA -> "schema";
                case BUSY -> "busy";
                case TIME_LIMIT -> "time_limit";
                case TOO_LARGE -> "too_large";
                case CLOSED -> "closed";
            };
        }
    }
}
