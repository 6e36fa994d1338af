package io.weir.export;

import io.weir.call.CallRecord;
import java.time.Instant;
import java.util.UUID;

/**
 * A call as it is handed on.
 *
 * @param sequence of its entry in the journal: ascending, with gaps
 * @param call without captured text where that may not leave; beyond that {@code fields} says what
 *     may
 * @param fields which of the call's fields are sent, and as what
 * @param json an object with those fields, as UTF-8, without a line break
 */
public record Event(long sequence, CallRecord call, Fields fields, byte[] json) {
    /** The same each time the call is sent, so that a second one can be dropped. */
    public UUID callId() {
        return call.id();
    }

    /** When the call was received. */
    public Instant time() {
        return call.receivedAt();
    }
}
