package io.weir.replay;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** A fixed number of lanes to one target; the one used last is taken first, its socket is warm. */
final class Lanes implements AutoCloseable {
    private final List<Lane> all;
    private final Deque<Lane> free;
    private final Semaphore permits;

    /**
     * @param silence how long a call may hear nothing
     */
    Lanes(int count, LoadTarget target, Duration silence) {
        this.all = IntStream.range(0, count).mapToObj(i -> new Lane(i, target, silence)).toList();
        this.free = new ConcurrentLinkedDeque<>(all);
        this.permits = new Semaphore(count);
    }

    /** Waits for a lane that nobody has. */
    Lane take() throws InterruptedException {
        permits.acquire();
        Lane lane = free.pollFirst();
        if (lane == null) {
            throw new NoSuchElementException("a permit without a lane");
        }
        return lane;
    }

    /** Gives back what {@link #take} gave. */
    void release(Lane lane) {
        free.addFirst(lane);
        permits.release();
    }

    /** Lanes that are out. */
    int inFlight() {
        return all.size() - permits.availablePermits();
    }

    /** Waits until every lane is back. */
    void awaitAll() throws InterruptedException {
        permits.acquire(all.size());
        permits.release(all.size());
    }

    /** Closes every connection, those in use too: their calls fail, and no further one is sent. */
    @Override
    public void close() {
        all.forEach(Lane::close);
    }
}
