package io.weir.export;

import io.weir.outbound.DestinationKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file with a line for each call, which others follow; older lines are in {@code FILE.1}, {@code
 * FILE.2} and so on. It is opened for each batch, so that others may move it away.
 *
 * @param rotateBytes from which size on another file is begun
 * @param keep how many older files are kept
 */
record JsonLines(Path file, long rotateBytes, int keep) implements Destination {
    /** Lines go to the standard output where the path is this. */
    private static final String STANDARD_OUTPUT = "-";

    private static final int MOST = 10_000;
    private static final int BYTES = 16 << 20;

    static Opening opening(DestinationKeys keys) {
        String path = keys.settings().text("path", "", "the file, or - for the standard output");
        long rotate =
                keys.settings().bytes("rotate", "100MiB", "from which size on another is begun");
        int keep = keys.settings().number("keep", 5, 0, 1_000, "how many older files are kept");
        if (path.isEmpty()) {
            throw keys.wrong("path is missing: the file, or - for the standard output");
        }
        return path.equals(STANDARD_OUTPUT)
                ? () -> new Lines(System.out)
                : () -> new JsonLines(keys.data().resolve(path), rotate, keep);
    }

    @Override
    public Limits limits() {
        return new Limits(MOST, BYTES, BYTES);
    }

    @Override
    public Sent send(List<Event> events) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file) && Files.size(file) >= rotateBytes) {
                rotate();
            }
            append(ByteBuffer.wrap(Bodies.lines(events)));
            return Sent.DELIVERED;
        } catch (IOException e) {
            return new Sent.Failed(file + " cannot be written: " + e.getMessage());
        }
    }

    @Override
    public void close() {}

    /** All of it, or what was there before. */
    private void append(ByteBuffer lines) throws IOException {
        try (FileChannel to =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long end = to.size();
            try {
                to.position(end);
                while (lines.hasRemaining()) {
                    to.write(lines);
                }
                to.force(false);
            } catch (IOException e) {
                to.truncate(end);
                throw e;
            }
        }
    }

    private void rotate() throws IOException {
        Files.deleteIfExists(older(keep));
        for (int i = keep - 1; i >= 1; i--) {
            if (Files.exists(older(i))) {
                Files.move(older(i), older(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (keep == 0) {
            Files.delete(file);
        } else {
            Files.move(file, older(1), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path older(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    /** The same to a stream that is there already. */
    private record Lines(OutputStream to) implements Destination {
        @Override
        public Limits limits() {
            return new Limits(MOST, BYTES, BYTES);
        }

        @Override
        public Sent send(List<Event> events) {
            try {
                to.write(Bodies.lines(events));
                to.flush();
            } catch (IOException e) {
                return new Sent.Failed("the standard output: " + e.getMessage());
            }
            return to instanceof PrintStream stream && stream.checkError()
                    ? new Sent.Failed("the standard output is closed")
                    : Sent.DELIVERED;
        }

        @Override
        public void close() {}
    }
}
