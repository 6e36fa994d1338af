package io.weir.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The complete lines of a file, without their ends, read a block at a time. */
final class Lines {
    private static final int BLOCK = 1 << 16;

    private Lines() {}

    /** Gives lines one after the other. */
    @FunctionalInterface
    interface Reader {
        /** The next; null behind the last. */
        byte @Nullable [] next() throws IOException;
    }

    /** From the last to the first of those that end before {@code end}, where one ends. */
    static Reader backwards(FileChannel file, long end) {
        return new Backwards(file, end);
    }

    private static final class Backwards implements Reader {
        private final FileChannel file;
        private final Deque<byte[]> ready = new ArrayDeque<>();
        private byte[] ended = new byte[0];
        private long before;

        Backwards(FileChannel file, long end) {
            this.file = file;
            this.before = end;
        }

        @Override
        public byte @Nullable [] next() throws IOException {
            while (ready.isEmpty() && before > 0) {
                int length = (int) Math.min(BLOCK, before);
                before -= length;
                byte[] all = joined(block(file, before, length), ended);
                int whole = before == 0 ? 0 : 1 + newline(all, 0);
                // Without an end of a line, all of it belongs to the line that began before.
                boolean noneEnds = before > 0 && whole == 0;
                ended = Arrays.copyOf(all, noneEnds ? all.length : whole);
                split(all, noneEnds ? all.length : whole, ready);
            }
            return ready.pollLast();
        }
    }

    /** Where what follows the last end of a line begins. */
    private static int split(byte[] all, int from, Deque<byte[]> into) {
        int start = from;
        int end = newline(all, start);
        while (end >= 0) {
            into.add(Arrays.copyOfRange(all, start, end));
            start = end + 1;
            end = newline(all, start);
        }
        return start;
    }

    private static int newline(byte[] all, int from) {
        for (int i = from; i < all.length; i++) {
            if (all[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] block(FileChannel file, long at, int length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(length);
        while (block.hasRemaining()) {
            if (file.read(block, at + block.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return block.array();
    }
}
