package io.weir.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Appends to one segment. The file is a {@link RandomAccessFile} and no channel, because an
 * interrupt closes a channel under everybody who uses it, and a call's thread may be interrupted
 * while it appends. All but {@link #force} belongs to the appender's lock.
 */
final class SegmentWriter implements Closeable {
    private final Segment segment;
    private final RandomAccessFile file;
    private volatile boolean broken;
    private boolean named;

    private SegmentWriter(Segment segment, RandomAccessFile file) {
        this.segment = segment;
        this.file = file;
    }

    /** Begins a segment; where that fails, nothing is left of it. */
    static SegmentWriter create(Path directory, SegmentHeader header) throws IOException {
        Segment segment = Segment.fresh(directory, header.first());
        try {
            RandomAccessFile file = new RandomAccessFile(segment.path().toFile(), "rw");
            try {
                file.setLength(0);
                file.write(header.encoded());
            } catch (IOException e) {
                file.close();
                throw e;
            }
            return new SegmentWriter(segment, file);
        } catch (IOException e) {
            Files.deleteIfExists(segment.path());
            throw e;
        }
    }

    Segment segment() {
        return segment;
    }

    /** Whether what is written here can no more be relied on, so that another must be begun. */
    boolean broken() {
        return broken;
    }

    /** Writes a frame and shows it to the readers; where that fails, nothing is left of it. */
    void append(byte[] frame) throws IOException {
        try {
            file.write(frame);
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        segment.end(segment.endBytes() + frame.length);
    }

    /**
     * Brings what was written onto the disk. After a failure the kernel may have dropped the pages,
     * and the next try would succeed without them.
     */
    void force() throws IOException {
        try {
            file.getFD().sync();
            forceName();
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    /** A new file can be lost with the directory's entry for it. Not every system can force one. */
    private void forceName() {
        if (named) {
            return;
        }
        named = true;
        try (FileChannel directory =
                FileChannel.open(segment.path().toAbsolutePath().getParent())) {
            directory.force(true);
        } catch (IOException e) {
            // Windows opens no directory, and needs no force of one.
        }
    }

    private void cutBack(IOException cause) {
        try {
            file.setLength(segment.endBytes());
            file.seek(segment.endBytes());
        } catch (IOException e) {
            broken = true;
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
