package io.weir.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The segment that is being written, and the full ones before it that may not be on the disk yet.
 * Belongs to the appender's lock.
 */
final class ActiveSegment {
    private static final long RETRY_NANOS = 250_000_000L;

    private final Segments segments;
    private final long segmentBytes;
    private final LongSupplier nanoTime;
    private final List<SegmentWriter> full = new ArrayList<>();
    private @Nullable SegmentWriter active;
    private @Nullable IOException refusal;
    private long triedNanos;

    ActiveSegment(Segments segments, long segmentBytes, LongSupplier nanoTime) {
        this.segments = segments;
        this.segmentBytes = segmentBytes;
        this.nanoTime = nanoTime;
    }

    /** The one being written; null before the first entry. */
    @Nullable SegmentWriter current() {
        return active;
    }

    /** The full ones since this was last asked. Whoever asks forces and closes them. */
    List<SegmentWriter> takeFull() {
        List<SegmentWriter> taken = List.copyOf(full);
        full.clear();
        return taken;
    }

    /**
     * Who writes the next entry, or null where a new segment must be begun for it. A full segment
     * goes on being written as long as none can be begun, for want of file handles for instance; a
     * broken one does not.
     */
    @Nullable SegmentWriter writable() throws IOException {
        SegmentWriter usable = unbroken();
        if (usable != null && usable.segment().endBytes() < segmentBytes) {
            return usable;
        }
        IOException refused = refusal;
        if (refused == null || nanoTime.getAsLong() - triedNanos >= RETRY_NANOS) {
            return null;
        }
        return usableOr(refused, usable);
    }

    /** Begins a new segment, or goes on with the full one. */
    SegmentWriter begin(SegmentHeader header) throws IOException {
        triedNanos = nanoTime.getAsLong();
        try {
            SegmentWriter fresh = SegmentWriter.create(segments.directory(), header);
            segments.add(fresh.segment());
            if (active != null) {
                active.segment().seal();
                full.add(active);
            }
            active = fresh;
            refusal = null;
            return fresh;
        } catch (IOException e) {
            refusal = e;
            return usableOr(e, unbroken());
        }
    }

    private @Nullable SegmentWriter unbroken() {
        return active == null || active.broken() ? null : active;
    }

    private static SegmentWriter usableOr(IOException refusal, @Nullable SegmentWriter usable)
            throws IOException {
        if (usable == null) {
            throw refusal;
        }
        return usable;
    }
}
