package io.weir.upstream;

import io.weir.call.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A client's request body on its way to the upstream, byte for byte. */
final class RequestEntity extends AbstractHttpEntity {
    private static final int PIECE_BYTES = 16_384;

    private final InputStream content;
    private final byte[] held;
    private final long length;

    private RequestEntity(InputStream content, byte[] held, long length) {
        super((String) null, null, length < 0);
        this.content = content;
        this.held = held;
        this.length = length;
    }

    static RequestEntity of(Body.Bytes body) {
        return new RequestEntity(
                new ByteArrayInputStream(body.bytes()), body.bytes(), body.bytes().length);
    }

    static RequestEntity of(Body.Passing body) {
        return new RequestEntity(body.stream(), new byte[0], body.length());
    }

    /** The client's side failed, not the upstream's. */
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (held.length > 0) {
            out.write(held);
            return;
        }
        byte[] piece = new byte[PIECE_BYTES];
        int read = readPiece(piece);
        while (read >= 0) {
            out.write(piece, 0, read);
            read = readPiece(piece);
        }
    }

    private int readPiece(byte[] piece) throws Unreadable {
        try {
            return content.read(piece, 0, piece.length);
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    @Override
    public InputStream getContent() {
        return content;
    }

    @Override
    public boolean isStreaming() {
        return held.length == 0;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public void close() {}
}
