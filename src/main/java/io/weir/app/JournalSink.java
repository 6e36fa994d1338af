package io.weir.app;

import io.weir.call.CallRecord;
import io.weir.ledger.JournalUnavailable;
import io.weir.ledger.RecordLog;
import io.weir.meter.RecordSink;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Puts records into the journal, shows ended calls to who watches, and counts what could not be
 * recorded.
 */
final class JournalSink implements RecordSink {
    private static final System.Logger LOG = System.getLogger(JournalSink.class.getName());

    private final RecordLog log;
    private final Settlement settlement;
    private final Consumer<CallRecord> live;
    private final LongAdder unopened = new LongAdder();
    private final LongAdder ended = new LongAdder();

    /** Writes to that log, settles, and shows each ended call to {@code live}. */
    JournalSink(RecordLog log, Settlement settlement, Consumer<CallRecord> live) {
        this.log = log;
        this.settlement = settlement;
        this.live = live;
    }

    @Override
    public void opened(CallRecord record) throws JournalUnavailable {
        log.opened(record);
    }

    @Override
    public void closed(CallRecord record) {
        ended.increment();
        long sequence = -1;
        try {
            sequence = log.closed(record);
        } catch (JournalUnavailable e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "call {0} has ended and is not recorded yet, {1} wait, {2} are lost: {3}",
                    record.id(),
                    log.owed(),
                    log.lost(),
                    e.getMessage());
        }
        settlement.closed(sequence, record);
        live.accept(record);
    }

    /** Tries again to write what waits, so that it does not wait for a call. */
    void retry() {
        log.payOwed();
    }

    /** Records that wait for the journal. */
    long waiting() {
        return log.owed();
    }

    /** Records that were given up, and calls that went upstream without an opening record. */
    long unrecorded() {
        return log.lost() + unopened.sum();
    }

    /** Calls that have ended since the start. */
    long ended() {
        return ended.sum();
    }

    /** Counts a call that goes upstream without an opening record, and says so. */
    void relayedUnrecorded() {
        unopened.increment();
        LOG.log(
                System.Logger.Level.ERROR,
                "a call was relayed without a record, {0} so far: the journal cannot be written",
                unopened.sum());
    }
}
