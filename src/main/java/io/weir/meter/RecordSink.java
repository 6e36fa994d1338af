package io.weir.meter;

import io.weir.call.CallRecord;
import java.io.IOException;

/** Where records go: the journal, in a running gateway. */
public interface RecordSink {
    /**
     * Notes that a call goes upstream.
     *
     * @throws IOException when it cannot be noted
     */
    void opened(CallRecord record) throws IOException;

    /**
     * Notes that a call has ended. Never fails: what cannot be written now is kept until it can be.
     */
    void closed(CallRecord record);
}
