package io.weir.app;

import io.weir.call.CallRecord;
import io.weir.meter.RecordSink;
import java.util.List;

/**
 * Closes the records of calls that an earlier process left open: a crash makes a call interrupted,
 * never invisible.
 */
final class Interrupted {
    private Interrupted() {}

    static void close(List<CallRecord> unfinished, RecordSink sink) {
        unfinished.forEach(sink::closed);
    }
}
