package io.weir.call;

import io.weir.wire.RequestView;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A request's body: in memory where its shape is read, passing through where it is not. */
public sealed interface Body {
    /** No body at all. */
    record None() implements Body {}

    /** The whole body. */
    record Bytes(byte[] bytes) implements Body {}

    /**
     * A body that is read once, while it is sent on.
     *
     * @param length in bytes, -1 where the client did not say
     * @param form what its fields say, as far as they have passed; null where it is not read
     */
    record Passing(InputStream stream, long length, @Nullable RequestView form) implements Body {
        /** A body that passes unread. */
        public Passing(InputStream stream, long length) {
            this(stream, length, null);
        }
    }

    /**
     * A body larger than this gateway takes; not read.
     *
     * @param limit in bytes
     */
    record TooLarge(long limit) implements Body {}

    /** A body whose client went away while it was read. */
    record BrokenOff() implements Body {}

    /** The length in bytes, -1 where it is not known. */
    default long length() {
        return switch (this) {
            case None none -> 0;
            case Bytes held -> held.bytes().length;
            case Passing passing -> passing.length();
            case TooLarge tooLarge -> -1;
            case BrokenOff broken -> -1;
        };
    }
}
