package io.weir.cache;

import io.weir.call.Outcome;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is copied while it passes, up to a bound, and handed over when it is whole. Owned
 * by the thread that relays it.
 */
final class KeepingSource implements Source {
    private final Source inner;
    private final int most;
    private final Filling filling;
    private final Consumer<byte[]> whole;
    private @Nullable ByteArrayOutputStream copy = new ByteArrayOutputStream();

    /**
     * A copied answer.
     *
     * @param most bytes that are copied; a longer answer is never kept
     * @param whole takes the copy
     */
    KeepingSource(Source inner, int most, Filling filling, Consumer<byte[]> whole) {
        this.inner = inner;
        this.most = most;
        this.filling = filling;
        this.whole = whole;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws UpstreamFailure {
        try {
            int read = inner.read(into, offset, length);
            if (read < 0) {
                handOver();
            } else {
                take(into, offset, read);
            }
            return read;
        } catch (UpstreamFailure failure) {
            copy = null;
            filling.failed();
            throw failure;
        }
    }

    @Override
    public boolean complete() {
        return inner.complete();
    }

    @Override
    public void close(Outcome why) {
        if (inner.complete()) {
            handOver();
        }
        // Before the rest is read on to: whoever waits need not wait for that.
        filling.failed();
        inner.close(why);
    }

    private void take(byte[] bytes, int offset, int length) {
        if (copy == null) {
            return;
        }
        if (copy.size() + length > most) {
            copy = null;
            filling.neverKept();
        } else {
            copy.write(bytes, offset, length);
        }
    }

    private void handOver() {
        if (copy != null) {
            byte[] body = copy.toByteArray();
            copy = null;
            whole.accept(body);
        }
    }
}
