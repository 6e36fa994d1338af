package io.weir.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls under way that others may wait for. A flight is there as long as somebody is in it.
 * Safe for any number of threads: the map's own locks guard who is in which.
 */
final class Flights {
    private final Map<Key, Seats> byKey = new ConcurrentHashMap<>();

    /**
     * What those in a flight have in common.
     *
     * @param cleared how often answers had been forgotten when they came: who comes after such a
     *     time is not given what was asked for before
     */
    private record Key(CacheKey key, long cleared) {}

    private record Seats(Flight flight, int taken) {}

    /**
     * A place in a flight.
     *
     * @param first whether it began with this one, which leads
     */
    record Seat(Flight flight, boolean first) {}

    /** Takes a place; {@link #leave} gives it back. */
    Seat enter(CacheKey key, long cleared) {
        Seats seats =
                byKey.merge(
                        new Key(key, cleared),
                        new Seats(new Flight(), 1),
                        (there, mine) -> new Seats(there.flight(), there.taken() + 1));
        return new Seat(seats.flight(), seats.taken() == 1);
    }

    /** Gives a place back. */
    void leave(CacheKey key, long cleared) {
        byKey.computeIfPresent(
                new Key(key, cleared),
                (same, seats) ->
                        seats.taken() == 1 ? null : new Seats(seats.flight(), seats.taken() - 1));
    }

    /** How many there are. */
    int size() {
        return byKey.size();
    }
}
