package io.weir.store;

import io.weir.call.CallRecord;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The place in the list of calls, newest first, just after one of them. */
record Cursor(Instant receivedAt, UUID id) {
    private static final int BYTES = 3 * Long.BYTES;

    static Cursor after(CallRecord call) {
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

    CallFilter in(CallFilter filter) {
        return filter.and(
                "received_at <= ? AND (received_at < ? OR id < ?)", receivedAt, receivedAt, id);
    }

    private static IllegalArgumentException notACursor(
            String text, @Nullable RuntimeException cause) {
        return new IllegalArgumentException(
                "'%s' is not where a page ended: pass on the 'next' of the page before"
                        .formatted(text),
                cause);
    }
}
