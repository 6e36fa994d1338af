package io.weir.ledger;

import io.weir.call.CallRecord;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecordJson;
import io.weir.call.Repriced;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.core.JacksonException;

/**
 * The journal as a log of calls: records in, records out. A call that ends while the journal takes
 * nothing would stay open there, so its record is owed: kept here, and appended after the next
 * entry that the journal takes.
 */
public final class RecordLog {
    private static final int MAX_OWED = 10_000;
    private static final byte[] UNWANTED = {};

    private final Journal journal;
    private final BlockingQueue<CallRecord> owed = new LinkedBlockingQueue<>(MAX_OWED);
    private final LongAdder lost = new LongAdder();
    private final RecentRecords recent = new RecentRecords();

    /** The journal stays its owner's to close. */
    public RecordLog(Journal journal) {
        this.journal = journal;
    }

    /**
     * The call goes upstream. Until it is closed, this record stands for it.
     *
     * @return the entry's number
     * @throws JournalUnavailable where it could not be recorded
     */
    public long opened(CallRecord call) throws JournalUnavailable {
        long sequence = append(Entry.Kind.OPENED, call);
        appendOwed();
        return sequence;
    }

    /**
     * The call has ended. Returns before the answer's last bytes may leave.
     *
     * @return the entry's number
     * @throws JournalUnavailable where it could not be recorded now. It is owed, without its text;
     *     beyond 10,000 such records it is lost, and where it was opened, found as unfinished at
     *     the next start.
     */
    public long closed(CallRecord call) throws JournalUnavailable {
        try {
            long sequence = append(Entry.Kind.CLOSED, call);
            appendOwed();
            return sequence;
        } catch (JournalUnavailable e) {
            owe(call);
            throw e;
        }
    }

    /**
     * What a call costs was found after it had ended.
     *
     * @return the entry's number
     * @throws JournalUnavailable where it could not be recorded
     */
    public long priced(Repriced priced) throws JournalUnavailable {
        return journal.append(Entry.Kind.PRICED, priced.call(), priced.json());
    }

    /** How many calls have ended and will never be recorded as they were. */
    public long lost() {
        return lost.sum();
    }

    /** Appends what is owed, as far as the journal takes it: for when no other entry comes. */
    public void payOwed() {
        appendOwed();
    }

    /** How many calls have ended without being recorded yet. */
    public int owed() {
        return owed.size();
    }

    /** The calls that an earlier process opened and nobody has closed, as they were opened. */
    public List<CallRecord> unfinished() {
        return journal.unfinished().stream()
                .map(RecordLog::record)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The reader of that name, of calls' begins and ends; see {@link Journal#reader}. */
    public RecordReader reader(String name) throws IOException {
        return reader(name, EnumSet.of(Entry.Kind.OPENED, Entry.Kind.CLOSED));
    }

    /** The same for a follower that wants those kinds of entries only. */
    public RecordReader reader(String name, Set<Entry.Kind> kinds) throws IOException {
        Set<Entry.Kind> wanted = Set.copyOf(kinds);
        KnownPayloads known =
                (kind, sequence) -> wanted.contains(kind) ? recent.json(sequence) : UNWANTED;
        return new RecordReader(journal.reader(name, known), wanted, recent);
    }

    /** The registered readers; see {@link Journal#readerNames}. */
    public Set<String> readerNames() {
        return journal.readerNames();
    }

    /** Removes a closed reader's position; see {@link Journal#forget}. */
    public void forget(String name) throws IOException {
        journal.forget(name);
    }

    /** How the journal is. */
    public JournalHealth health() {
        return journal.health();
    }

    /** The record in an entry; empty where it holds none that this Weir can read. */
    static Optional<CallRecord> record(Entry entry) {
        try {
            return Optional.of(CallRecordJson.read(entry.payload()));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a call was found to cost; empty where the entry says nothing of it. */
    static Optional<Repriced> repriced(Entry entry) {
        try {
            return Optional.of(Repriced.of(entry.payload()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private long append(Entry.Kind kind, CallRecord call) throws JournalUnavailable {
        CallRecord written = call;
        byte[] json = CallRecordJson.write(written);
        if (json.length > Frame.MAX_PAYLOAD_BYTES && call.content() != null) {
            written = withoutText(call);
            json = CallRecordJson.write(written);
        }
        long sequence = journal.append(kind, call.id(), json);
        if (kind == Entry.Kind.CLOSED) {
            recent.add(sequence, written, json);
        }
        return sequence;
    }

    private void owe(CallRecord call) {
        boolean kept = owed.offer(call.content() == null ? call : withoutText(call));
        if (!kept) {
            lost.increment();
        }
    }

    private void appendOwed() {
        CallRecord call = owed.poll();
        while (call != null) {
            try {
                append(Entry.Kind.CLOSED, call);
            } catch (JournalUnavailable e) {
                owe(call);
                return;
            }
            call = owed.poll();
        }
    }

    private static CallRecord withoutText(CallRecord call) {
        return call.with(call.attempts(), new Content("", "", true));
    }
}
