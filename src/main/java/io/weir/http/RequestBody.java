package io.weir.http;

import io.weir.call.ClientGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request's body: asks a waiting client for it at the first read, and keeps the clock of a slow
 * one. Read by the connection's thread; the volatile fields are looked at by the sweeper.
 */
final class RequestBody extends InputStream {
    private final DefaultBHttpServerConnection wire;
    private final @Nullable InputStream content;
    private final long expected;
    private boolean askFirst;
    private volatile boolean ended;
    private volatile long readingSince;
    private final AtomicLong bytes = new AtomicLong();

    RequestBody(DefaultBHttpServerConnection wire, @Nullable HttpEntity entity, boolean askFirst)
            throws IOException {
        this.wire = wire;
        this.content = entity == null ? null : entity.getContent();
        this.expected = entity == null ? 0 : entity.getContentLength();
        this.askFirst = askFirst && content != null;
        this.ended = content == null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (ended || content == null) {
            return -1;
        }
        ask();
        if (readingSince == 0) {
            readingSince = System.nanoTime();
        }
        int read = readContent(content, into, offset, length);
        if (read < 0) {
            ended = true;
            readingSince = 0;
        } else {
            ended = bytes.addAndGet(read) == expected;
            readingSince = ended ? 0 : readingSince;
        }
        return read;
    }

    /**
     * Reads away what is left; false if that is more than {@code most} bytes, or was never asked
     * for.
     */
    boolean discard(int most) throws IOException {
        if (ended) {
            return true;
        }
        if (askFirst) {
            return false;
        }
        byte[] away = new byte[4_096];
        long before = bytes.get();
        while (bytes.get() - before <= most) {
            if (read(away, 0, away.length) < 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether, as far as is known, at most so many bytes are left; not if nobody asked for it. */
    boolean endsWithin(int most) {
        return ended || (!askFirst && (expected < 0 || expected - bytes.get() <= most));
    }

    boolean ended() {
        return ended;
    }

    long readingSince() {
        return readingSince;
    }

    long bytes() {
        return bytes.get();
    }

    private static int readContent(InputStream content, byte[] into, int offset, int length)
            throws ClientGoneException {
        try {
            return content.read(into, offset, length);
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    private void ask() throws IOException {
        if (!askFirst) {
            return;
        }
        askFirst = false;
        try {
            wire.sendResponseHeader(new BasicClassicHttpResponse(100));
            wire.flush();
        } catch (HttpException e) {
            throw new IOException("the client could not be asked for its body", e);
        }
    }
}
