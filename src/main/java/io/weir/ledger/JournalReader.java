package io.weir.ledger;

import io.weir.turn.Courtesy;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One who follows the journal at its own pace: complete entries, in order, each at least once. What
 * was not committed comes again after a restart. Belongs to one thread.
 */
public final class JournalReader implements Closeable {
    private final String name;
    private final Journal journal;
    private final Segments segments;
    private final Damage damage;
    private final Signal signal;
    private final LongSupplier nanoTime;
    private final PositionFile position;
    private final KnownPayloads known;
    private @Nullable Segment segment;
    private @Nullable SegmentReader reading;
    private long next;

    /**
     * A reader that goes on where its position is.
     *
     * @param oldest where it begins if what follows its position is gone
     */
    JournalReader(
            String name,
            Journal journal,
            Journal.Reading parts,
            PositionFile position,
            long oldest,
            KnownPayloads known) {
        this.name = name;
        this.journal = journal;
        this.segments = parts.segments();
        this.damage = parts.damage();
        this.signal = parts.signal();
        this.nanoTime = parts.nanoTime();
        this.position = position;
        this.known = known;
        this.next = Math.max(oldest, position.committed()) + 1;
    }

    /** The name its position is kept under. */
    public String name() {
        return name;
    }

    /** The last entry it has committed. */
    public long committed() {
        return position.committed();
    }

    /** How much the journal takes on the disk from the first entry on that it has not committed. */
    public long heldBytes() {
        return segments.bytesFrom(position.committed() + 1);
    }

    /**
     * The next entries: what is there now, or where nothing is, what comes first within {@code
     * wait}.
     *
     * @param maxBytes of payload; one entry is given even if it alone is larger
     */
    public List<Entry> poll(int maxEntries, int maxBytes, Duration wait)
            throws IOException, InterruptedException {
        long deadline = nanoTime.getAsLong() + wait.toNanos();
        List<Entry> batch = drain(maxEntries, maxBytes);
        while (batch.isEmpty()) {
            long left = deadline - nanoTime.getAsLong();
            if (left <= 0) {
                break;
            }
            signal.await(this::mayHaveMore, left);
            batch = drain(maxEntries, maxBytes);
        }
        return batch;
    }

    /**
     * Everything up to this entry is done with, and need not come again.
     *
     * @param throughSequence an entry that was delivered
     */
    public void commit(long throughSequence) throws IOException {
        if (throughSequence >= next) {
            throw new IllegalArgumentException(
                    "%s commits %d, but has read to %d only"
                            .formatted(name, throughSequence, next - 1));
        }
        if (throughSequence > position.committed()) {
            position.write(throughSequence);
            journal.deletePassed();
        }
    }

    /** Stops reading. The position stays, and holds the segments it has not passed. */
    @Override
    public void close() throws IOException {
        journal.closed(this);
        leave();
    }

    private List<Entry> drain(int maxEntries, int maxBytes) throws IOException {
        List<Entry> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < maxEntries && bytes < maxBytes) {
            Entry entry = read();
            if (entry == null) {
                break;
            }
            batch.add(entry);
            bytes += entry.payload().length;
            Courtesy.every(16, batch.size());
        }
        return batch;
    }

    private @Nullable Entry read() throws IOException {
        while (true) {
            Segment from = enter();
            SegmentReader reader = reading;
            if (from == null || reader == null) {
                return null;
            }
            boolean sealed = from.sealed();
            Entry entry = reader.next(from.endBytes());
            if (entry != null && entry.sequence() >= next) {
                noteGap(entry.sequence());
                return entry;
            }
            if (entry == null && !(sealed && advance(from))) {
                return null;
            }
        }
    }

    private void noteGap(long sequence) {
        if (sequence > next) {
            damage.missing(next, sequence - next);
        }
        next = sequence + 1;
    }

    private @Nullable Segment enter() throws IOException {
        if (segment == null) {
            Segment first = segments.holding(next);
            if (first != null) {
                enter(first);
            }
        }
        return segment;
    }

    private boolean advance(Segment from) throws IOException {
        Segment following = segments.after(from);
        if (following == null) {
            return false;
        }
        leave();
        enter(following);
        return true;
    }

    private void enter(Segment at) throws IOException {
        reading = new SegmentReader(at, known);
        segment = at;
    }

    private void leave() throws IOException {
        SegmentReader reader = reading;
        reading = null;
        segment = null;
        if (reader != null) {
            reader.close();
        }
    }

    private boolean mayHaveMore() {
        Segment at = segment;
        SegmentReader reader = reading;
        if (at == null || reader == null) {
            return segments.holding(next) != null;
        }
        return reader.at() < at.endBytes() || (at.sealed() && segments.after(at) != null);
    }
}
