package io.weir.ledger;

import io.weir.call.CallRecord;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows the log of calls. Belongs to one thread. */
public final class RecordReader implements Closeable {
    private final JournalReader entries;
    private long polled;
    private long unreadable;

    RecordReader(JournalReader entries) {
        this.entries = entries;
        polled = entries.committed();
    }

    /**
     * One line of the log.
     *
     * @param sequence the entry's number
     * @param kind whether the call had begun or ended
     * @param call what was known of it then
     */
    public record Line(long sequence, Entry.Kind kind, CallRecord call) {}

    /** The next lines, waiting for the first of them; see {@link JournalReader#poll}. */
    public List<Line> poll(int maxEntries, int maxBytes, Duration wait)
            throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        for (Entry entry : entries.poll(maxEntries, maxBytes, wait)) {
            Optional<CallRecord> call = RecordLog.record(entry);
            call.ifPresent(it -> lines.add(new Line(entry.sequence(), entry.kind(), it)));
            unreadable += call.isPresent() ? 0 : 1;
            polled = entry.sequence();
        }
        return lines;
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

    @Override
    public void close() throws IOException {
        entries.close();
    }
}
