package io.weir.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Up to which entry a reader has committed. Two slots of a sector each, written in turn: magic (8
 * bytes), sequence (8), CRC32C (4); the greater intact one counts, so that a torn write leaves the
 * one before. A file that were replaced as a whole would need new space for each commit, which a
 * full disk does not have, though the commit is what lets segments go. Written by the reader's
 * thread.
 */
final class PositionFile {
    private static final long MAGIC = 0x57_45_49_52_2D_50_4F_53L; // "WEIR-POS"
    private static final int SLOT_BYTES = 512;
    private static final int BYTES = 20;
    private static final int SUMMED_BYTES = BYTES - Integer.BYTES;
    private static final long DAMAGED = -1;

    private final Path path;
    private int nextSlot;
    private volatile long committed;

    /** A reader that is at the begin, and has no file yet. */
    PositionFile(Path path) {
        this.path = path;
    }

    /** The position in a file; the begin where both slots are damaged. */
    static PositionFile found(Path path) throws IOException {
        ByteBuffer slots = ByteBuffer.allocate(2 * SLOT_BYTES);
        byte[] bytes = Files.readAllBytes(path);
        slots.put(bytes, 0, Math.min(bytes.length, slots.capacity()));
        long first = read(slots.slice(0, BYTES));
        long second = read(slots.slice(SLOT_BYTES, BYTES));
        PositionFile position = new PositionFile(path);
        position.nextSlot = first > second ? 1 : 0;
        position.committed = Math.max(0, Math.max(first, second));
        return position;
    }

    long committed() {
        return committed;
    }

    void write(long through) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(BYTES).putLong(MAGIC).putLong(through);
        content.putInt(checksum(content));
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek((long) nextSlot * SLOT_BYTES);
            file.write(content.array());
            file.getFD().sync();
        }
        nextSlot = 1 - nextSlot;
        committed = through;
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private static long read(ByteBuffer slot) {
        boolean intact = slot.getInt(SUMMED_BYTES) == checksum(slot) && slot.getLong() == MAGIC;
        return intact ? slot.getLong() : DAMAGED;
    }

    private static int checksum(ByteBuffer content) {
        CRC32C sum = new CRC32C();
        sum.update(content.slice(0, SUMMED_BYTES));
        return (int) sum.getValue();
    }
}
