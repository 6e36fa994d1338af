package io.weir.store;

import io.weir.call.CallRecord;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The place of a call in the list of calls, newest first. */
record Cursor(Instant receivedAt, UUID id) {
    private static final int BYTES = 3 * Long.BYTES;

    static Cursor at(CallRecord call) {
        return new Cursor(call.receivedAt(), call.id());
    }

    /**
     * The cursor in a {@link #text()}.
     *
     * @throws IllegalArgumentException where it is none
     */
    static Cursor of(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            Cursor cursor =
                    new Cursor(
                            Micros.instant(bytes.getLong()),
                            new UUID(bytes.getLong(), bytes.getLong()));
            if (!bytes.hasRemaining()) {
                return cursor;
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw notACursor(text, e);
        }
        throw notACursor(text, null);
    }

    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(Micros.of(receivedAt));
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The calls that follow it. */
    CallFilter after(CallFilter filter) {
        return filter.and(
                call -> place(call) < 0,
                "received_at <= ? AND (received_at < ? OR id < ?)",
                receivedAt,
                receivedAt,
                id);
    }

    /** The calls that it follows. */
    CallFilter before(CallFilter filter) {
        return filter.and(
                call -> place(call) > 0,
                "received_at >= ? AND (received_at > ? OR id > ?)",
                receivedAt,
                receivedAt,
                id);
    }

    private int place(CallRecord call) {
        int byTime = call.receivedAt().compareTo(receivedAt);
        return byTime != 0 ? byTime : call.id().toString().compareTo(id.toString());
    }

    private static IllegalArgumentException notACursor(
            String text, @Nullable RuntimeException cause) {
        return new IllegalArgumentException(
                "'%s' is not where a page ended: pass on the 'next' of the page before"
                        .formatted(text),
                cause);
    }
}
