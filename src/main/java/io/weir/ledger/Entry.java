package io.weir.ledger;

import java.util.Optional;
import java.util.UUID;

/** One entry of the journal, as a reader receives it. */
public final class Entry {
    private final long sequence;
    private final Kind kind;
    private final UUID id;
    private final byte[] payload;

    Entry(long sequence, Kind kind, UUID id, byte[] payload) {
        this.sequence = sequence;
        this.kind = kind;
        this.id = id;
        this.payload = payload;
    }

    /** What an entry says of its call. */
    public enum Kind {
        /** The call goes upstream. */
        OPENED(1),
        /** The call has ended. */
        CLOSED(2),
        /** What the call costs was found after it had ended. */
        PRICED(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        byte code() {
            return code;
        }

        static Optional<Kind> of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Its number: 1 is the first entry ever, and the next has the next number. */
    public long sequence() {
        return sequence;
    }

    /** What it says of its call. */
    public Kind kind() {
        return kind;
    }

    /** The call it is about. */
    public UUID id() {
        return id;
    }

    /**
     * What was appended; nothing where the reader does not want entries of this kind. Other
     * receivers' too, so not to be changed.
     */
    public byte[] payload() {
        return payload;
    }

    @Override
    public String toString() {
        return sequence + " " + kind + " " + id + " " + payload.length + " bytes";
    }
}
