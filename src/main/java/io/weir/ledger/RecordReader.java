package io.weir.ledger;

import io.weir.call.CallRecord;
import io.weir.call.Repriced;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the log of calls, and decodes the kinds of entries it was made for; the others cost it
 * nothing but their reading. Belongs to one thread.
 */
public final class RecordReader implements Closeable {
    private final JournalReader entries;
    private final Set<Entry.Kind> kinds;
    private final RecentRecords recent;
    private long polled;
    private long unreadable;

    RecordReader(JournalReader entries, Set<Entry.Kind> kinds, RecentRecords recent) {
        this.entries = entries;
        this.kinds = kinds;
        this.recent = recent;
        polled = entries.committed();
    }

    /**
     * One line of the log.
     *
     * @param sequence the entry's number
     * @param kind whether the call had begun or ended
     * @param call what was known of it then
     * @param json that record as it was written, as UTF-8; other receivers' too, so not to be
     *     changed
     */
    public record Line(long sequence, Entry.Kind kind, CallRecord call, byte[] json) {}

    /**
     * What a piece of the log holds, in its order.
     *
     * @param calls what was known of calls
     * @param priced what calls were found to cost after they had ended
     */
    public record Batch(List<Line> calls, List<Repriced> priced) {
        /** Whether there is nothing in it. */
        public boolean isEmpty() {
            return calls.isEmpty() && priced.isEmpty();
        }
    }

    /** The next lines of calls; see {@link #next}. */
    public List<Line> poll(int maxEntries, int maxBytes, Duration wait)
            throws IOException, InterruptedException {
        return next(maxEntries, maxBytes, wait).calls();
    }

    /**
     * What comes next, waiting for the first entry; see {@link JournalReader#poll}. Nothing is
     * given of an entry of another kind, nor of one that cannot be read: {@link #polled()} tells
     * whether there were any.
     */
    public Batch next(int maxEntries, int maxBytes, Duration wait)
            throws IOException, InterruptedException {
        Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
        for (Entry entry : entries.poll(maxEntries, maxBytes, wait)) {
            if (kinds.contains(entry.kind())) {
                unreadable += read(entry, batch) ? 0 : 1;
            }
            polled = entry.sequence();
        }
        return batch;
    }

    private Optional<Line> line(Entry entry) {
        return recent.find(entry.sequence())
                .map(it -> new Line(it.sequence(), entry.kind(), it.call(), it.json()))
                .or(() ->
                        RecordLog.record(entry)
                                .map(call ->
                                        new Line(
                                                entry.sequence(),
                                                entry.kind(),
                                                call,
                                                entry.payload())));
    }

    /**
     * Passes over the next entries without decoding them, as far as they are there.
     *
     * @return how many of them {@link #poll} would have given, or found unreadable
     */
    public int pass(int maxEntries, int maxBytes) throws IOException, InterruptedException {
        int passed = 0;
        for (Entry entry : entries.poll(maxEntries, maxBytes, Duration.ZERO)) {
            passed += kinds.contains(entry.kind()) ? 1 : 0;
            polled = entry.sequence();
        }
        return passed;
    }

    /** The last entry that was polled or, before any was, committed; whatever it held. */
    public long polled() {
        return polled;
    }

    /** How much of the disk it holds; see {@link JournalReader#heldBytes}. */
    public long heldBytes() {
        return entries.heldBytes();
    }

    /** Whether anything was polled and not yet committed. */
    public boolean hasUncommitted() {
        return polled > entries.committed();
    }

    /** Everything that was polled is done with. */
    public void commit() throws IOException {
        entries.commit(polled);
    }

    /** Everything up to that line is done with. */
    public void commit(long throughSequence) throws IOException {
        entries.commit(throughSequence);
    }

    /** Entries passed over since it was opened, because they held no record it could read. */
    public long unreadable() {
        return unreadable;
    }

    private boolean read(Entry entry, Batch to) {
        if (entry.kind() == Entry.Kind.PRICED) {
            Optional<Repriced> priced = RecordLog.repriced(entry);
            priced.ifPresent(to.priced::add);
            return priced.isPresent();
        }
        Optional<Line> line = line(entry);
        line.ifPresent(to.calls::add);
        return line.isPresent();
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }
}
