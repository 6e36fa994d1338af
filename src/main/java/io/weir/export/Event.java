package io.weir.export;

import java.time.Instant;
import java.util.UUID;

/**
 * A call as it is handed on.
 *
 * @param sequence of its entry in the journal: ascending, with gaps
 * @param callId the same each time it is sent, so that a second one can be dropped
 * @param time when the call was received
 * @param json an object with the fields that are chosen, as UTF-8, without a line break
 */
record Event(long sequence, UUID callId, Instant time, byte[] json) {}
