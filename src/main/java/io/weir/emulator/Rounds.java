package io.weir.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * Events made a round at a time, one token of every choice in each, so that a slow stream holds
 * only its text in memory. Belongs to the thread that sends them.
 */
final class Rounds implements Iterator<Answer.Event> {
    private final int rounds;
    private final IntFunction<List<Answer.Event>> round;
    private final Deque<Answer.Event> ready = new ArrayDeque<>();
    private int next;

    Rounds(int rounds, IntFunction<List<Answer.Event>> round) {
        this.rounds = rounds;
        this.round = round;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && next < rounds) {
            ready.addAll(round.apply(next++));
        }
        return !ready.isEmpty();
    }

    @Override
    public Answer.Event next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream has ended");
        }
        return ready.remove();
    }
}
