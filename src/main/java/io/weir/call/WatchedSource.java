package io.weir.call;

import java.util.function.Consumer;

/** A source that says, exactly once, how it ended. Owned by the thread that relays it. */
final class WatchedSource implements Source {
    private final Source inner;
    private final Consumer<Outcome> done;
    private boolean told;

    WatchedSource(Source inner, Consumer<Outcome> done) {
        this.inner = inner;
        this.done = done;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws UpstreamFailure {
        try {
            int read = inner.read(into, offset, length);
            if (read < 0 || inner.complete()) {
                tell(new Outcome.Completed());
            }
            return read;
        } catch (UpstreamFailure failure) {
            tell(new Outcome.UpstreamFailed(failure));
            throw failure;
        }
    }

    @Override
    public boolean complete() {
        return inner.complete();
    }

    @Override
    public void close(Outcome why) {
        inner.close(why);
        tell(why);
    }

    private void tell(Outcome outcome) {
        if (!told) {
            told = true;
            done.accept(outcome);
        }
    }
}
