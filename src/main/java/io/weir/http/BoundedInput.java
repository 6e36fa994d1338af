package io.weir.http;

import java.io.IOException;
import java.io.InputStream;

/** A body that passes through, up to a bound; beyond it the reading fails, and with it the call. */
final class BoundedInput extends InputStream {
    private final InputStream inner;
    private final long limit;
    private final Runnable beyond;
    private long read;

    /** Runs {@code beyond} before the reading fails. */
    BoundedInput(InputStream inner, long limit, Runnable beyond) {
        this.inner = inner;
        this.limit = limit;
        this.beyond = beyond;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = inner.read(into, offset, length);
        read += Math.max(0, count);
        if (read > limit) {
            beyond.run();
            throw new IOException(
                    "the body is larger than the " + limit + " bytes this gateway takes");
        }
        return count;
    }
}
