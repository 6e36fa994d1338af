package io.weir.export;

import io.weir.call.CallRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is handed on.
 *
 * @param sequence of its entry in the journal: ascending, with gaps
 * @param callId the same each time the call is sent, so that a second one can be dropped
 * @param time when the call was received
 * @param known what is known of the call, without captured text where that may not leave; beyond
 *     that {@code fields} says what may. Null for destinations that read {@code json} alone
 * @param fields which of the call's fields are sent, and as what
 * @param json an object with those fields, as UTF-8, without a line break
 */
public record Event(
        long sequence,
        UUID callId,
        Instant time,
        @Nullable CallRecord known,
        Fields fields,
        byte[] json) {
    /** The event of a call. */
    public Event(long sequence, CallRecord call, Fields fields, byte[] json) {
        this(sequence, call.id(), call.receivedAt(), call, fields, json);
    }

    /**
     * What is known of the call.
     *
     * @throws IllegalStateException for a destination that said it reads {@code json} alone
     */
    public CallRecord call() {
        if (known == null) {
            throw new IllegalStateException("this destination was to read JSON alone");
        }
        return known;
    }

    /** The same without what is known of the call beyond its JSON: a tenth of the objects. */
    Event jsonAlone() {
        return new Event(sequence, callId, time, null, fields, json);
    }
}
