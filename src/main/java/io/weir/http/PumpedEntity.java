package io.weir.http;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** An answer's body that a {@link Pump} writes; keeps the clock of a slow client. */
final class PumpedEntity extends AbstractHttpEntity {
    private final Pump pump;
    private final Exchange exchange;
    private final long length;

    PumpedEntity(Pump pump, Exchange exchange, long length) {
        super((String) null, null, length < 0);
        this.pump = pump;
        this.exchange = exchange;
        this.length = length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            exchange.paused();
            pump.pump(new Timed(out));
        } catch (IOException | RuntimeException e) {
            // The library closes the body's stream after a failure, and that would end it as if it
            // were whole.
            exchange.cut();
            throw e;
        }
    }

    @Override
    public java.io.InputStream getContent() {
        throw new UnsupportedOperationException("an answer is written, not read");
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public void close() {}

    private final class Timed extends OutputStream {
        private final OutputStream out;

        Timed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            exchange.begin();
            out.write(bytes, offset, count);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
            exchange.paused();
        }
    }
}
