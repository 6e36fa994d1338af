package io.weir.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which calls are meant, for a statement: the bounds of their times keep it to few row groups.
 *
 * @param ids with commas
 */
record Bounds(Instant oldest, Instant newest, String ids) {
    static <T> Bounds of(List<T> all, Function<T, Instant> time, Function<T, UUID> id) {
        Instant oldest = time.apply(all.getFirst());
        Instant newest = oldest;
        for (T one : all) {
            Instant at = time.apply(one);
            oldest = at.isBefore(oldest) ? at : oldest;
            newest = at.isAfter(newest) ? at : newest;
        }
        return new Bounds(
                oldest,
                newest,
                all.stream().map(id).map(UUID::toString).collect(Collectors.joining(",")));
    }
}
