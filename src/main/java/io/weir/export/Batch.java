package io.weir.export;

import io.weir.turn.Courtesy;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Events to be sent together. Whoever goes through them lets calls go first every few events: a
 * batch is milliseconds of work, and a call that wakes on its processor meanwhile would wait until
 * the system takes that away from it.
 */
final class Batch extends AbstractList<Event> implements RandomAccess {
    private final List<Event> events;

    /** The list is not to be changed any more. */
    Batch(List<Event> events) {
        this.events = events;
    }

    @Override
    public Event get(int index) {
        Courtesy.every(4, index);
        return events.get(index);
    }

    @Override
    public int size() {
        return events.size();
    }
}
