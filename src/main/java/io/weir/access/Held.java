package io.weir.access;

import io.weir.wire.Json;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of a {@link Register}: where it stands in the log until somebody asks for it, since a start
 * does not wait for what no call asks for; and from then on the thing itself.
 *
 * @param <T> what it is
 */
final class Held<T> {
    private final Kind<T> kind;
    private final @Nullable KeyHash hash;
    private final long begin;
    private final int length;
    private @Nullable MemorySegment log;
    private volatile @Nullable T one;

    /** One that is known. */
    Held(Kind<T> kind, T one) {
        this.kind = kind;
        this.one = one;
        hash = null;
        begin = 0;
        length = 0;
    }

    /** One that a line of the log speaks of. */
    Held(Kind<T> kind, Outcome outcome) {
        this.kind = kind;
        LineScan line = outcome.line();
        hash = kind.plainHash(line.text(), outcome.from(), outcome.until());
        log = line.file();
        begin = line.position() + outcome.from() - line.from();
        length = outcome.until() - outcome.from();
    }

    /** It. */
    T get() {
        T known = one;
        return known == null ? decoded() : known;
    }

    /** What {@link Kind#plainHash} says of it; null where it has to be asked itself. */
    @Nullable KeyHash plainHash() {
        return hash;
    }

    private synchronized T decoded() {
        T known = one;
        if (known == null) {
            MemorySegment json = Objects.requireNonNull(log).asSlice(begin, length);
            known = kind.of(Json.MAPPER.readTree(json.toArray(ValueLayout.JAVA_BYTE)));
            one = known;
            log = null;
        }
        return known;
    }
}
