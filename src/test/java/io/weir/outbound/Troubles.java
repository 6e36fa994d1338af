package io.weir.outbound;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** How a double fails: the next requests one after the other, and then all alike, or none. */
public final class Troubles<T> {
    private final Queue<T> next = new ConcurrentLinkedQueue<>();
    private volatile @Nullable T lasting;

    /** The next requests fail so, in this order. */
    public void next(List<T> troubles) {
        next.addAll(troubles);
    }

    /** From then on all fail so; none where it is null. */
    public void lasting(@Nullable T trouble) {
        lasting = trouble;
    }

    /** That of the request that has just come; null where it goes well. */
    public @Nullable T poll() {
        T one = next.poll();
        return one == null ? lasting : one;
    }
}
