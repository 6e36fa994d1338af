package io.weir.ledger;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it lies in a segment, big-endian: length of all that follows the checksum (4 bytes),
 * CRC32C (4), sequence (8), kind (1), the call's id (16), payload. The checksum takes the sequence
 * last, so that all but those eight bytes is summed before the appending lock is taken.
 */
final class Frame {
    static final int PREFIX_BYTES = 8;
    static final int HEADER_BYTES = 33;
    static final int MAX_PAYLOAD_BYTES = 32 << 20;

    private static final int CHECKSUM_AT = 4;
    private static final int SEQUENCE_AT = 8;
    private static final int KIND_AT = 16;
    private static final int ID_AT = 17;
    private static final int MIN_LENGTH = HEADER_BYTES - PREFIX_BYTES;
    private static final int MAX_LENGTH = MIN_LENGTH + MAX_PAYLOAD_BYTES;

    private final byte[] bytes;
    private final CRC32C checksum = new CRC32C();

    private Frame(byte[] bytes) {
        this.bytes = bytes;
        checksum.update(bytes, KIND_AT, bytes.length - KIND_AT);
    }

    static Frame of(Entry.Kind kind, UUID id, byte[] payload) {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "an entry has at most %d bytes, not %d"
                            .formatted(MAX_PAYLOAD_BYTES, payload.length));
        }
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        frame.putInt(frame.capacity() - PREFIX_BYTES).position(KIND_AT);
        frame.put(kind.code())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(payload);
        return new Frame(frame.array());
    }

    /** The frame's bytes with that number on them. To be called once. */
    byte[] numbered(long sequence) {
        ByteBuffer frame = ByteBuffer.wrap(bytes).putLong(SEQUENCE_AT, sequence);
        checksum.update(bytes, SEQUENCE_AT, Long.BYTES);
        frame.putInt(CHECKSUM_AT, (int) checksum.getValue());
        return bytes;
    }

    /** How long the frame at {@code at} says it is, or -1 where no frame can say so. */
    static int bytes(ByteBuffer from, int at) {
        int length = from.getInt(at);
        return length < MIN_LENGTH || length > MAX_LENGTH ? -1 : PREFIX_BYTES + length;
    }

    /** The number on the frame at {@code at}; to be believed only if it is {@link #intact}. */
    static long sequence(ByteBuffer from, int at) {
        return from.getLong(at + SEQUENCE_AT);
    }

    /** Whether the frame at {@code at} of a buffer on the heap is as it was written. */
    static boolean intact(ByteBuffer from, int at, int frameBytes) {
        int start = from.arrayOffset() + at;
        CRC32C sum = new CRC32C();
        sum.update(from.array(), start + KIND_AT, frameBytes - KIND_AT);
        sum.update(from.array(), start + SEQUENCE_AT, Long.BYTES);
        return (int) sum.getValue() == from.getInt(at + CHECKSUM_AT)
                && Entry.Kind.of(from.get(at + KIND_AT)).isPresent();
    }

    /** What the {@link #intact} frame at {@code at} holds. */
    static Entry entry(ByteBuffer from, int at, int frameBytes, KnownPayloads known) {
        long sequence = sequence(from, at);
        Entry.Kind kind = Entry.Kind.of(from.get(at + KIND_AT)).orElseThrow();
        byte @Nullable [] payload = known.find(kind, sequence);
        if (payload == null) {
            payload = new byte[frameBytes - HEADER_BYTES];
            from.get(at + HEADER_BYTES, payload);
        }
        UUID id = new UUID(from.getLong(at + ID_AT), from.getLong(at + ID_AT + Long.BYTES));
        return new Entry(sequence, kind, id, payload);
    }
}
