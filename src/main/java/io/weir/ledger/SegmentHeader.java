package io.weir.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment.
 *
 * @param first the number its first entry has, or would have
 * @param oldestOpen the opening entry of the oldest call that was open when the segment began; its
 *     own first where none was. A scan for unfinished calls begins there.
 */
record SegmentHeader(long first, long oldestOpen) {
    static final int BYTES = 32;

    private static final long MAGIC = 0x57_45_49_52_2D_4A_4E_4CL; // "WEIR-JNL"
    private static final int VERSION = 1;
    private static final int SUMMED_BYTES = BYTES - Integer.BYTES;

    byte[] encoded() {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.putLong(MAGIC).putInt(VERSION).putLong(first).putLong(oldestOpen);
        return header.putInt(checksum(header)).array();
    }

    /**
     * The header in {@code bytes}; empty where it is damaged.
     *
     * @throws IOException where a newer Weir wrote it
     */
    static Optional<SegmentHeader> decoded(byte[] bytes, Path path) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length < BYTES
                || header.getInt(SUMMED_BYTES) != checksum(header)
                || header.getLong() != MAGIC) {
            return Optional.empty();
        }
        int version = header.getInt();
        if (version != VERSION) {
            throw new IOException(
                    path
                            + " has version "
                            + version
                            + " of the journal's format, this Weir reads "
                            + VERSION
                            + ": start the Weir that wrote it, or move the file away");
        }
        return Optional.of(new SegmentHeader(header.getLong(), header.getLong()));
    }

    private static int checksum(ByteBuffer header) {
        CRC32C sum = new CRC32C();
        sum.update(header.slice(0, SUMMED_BYTES));
        return (int) sum.getValue();
    }
}
