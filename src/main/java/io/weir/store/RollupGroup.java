package io.weir.store;

import io.weir.call.CallRecord;
import io.weir.call.CallRecord.Answer;
import io.weir.call.Confidence;
import io.weir.call.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What calls have in common that are one row of {@code rollup_parts}.
 *
 * @param startMicros of the five minutes in which they were received
 */
record RollupGroup(
        long startMicros,
        String endpoint,
        @Nullable String requestModel,
        @Nullable String responseModel,
        boolean stream,
        @Nullable String keyId,
        @Nullable String keyName,
        @Nullable String project,
        String outcome,
        int status,
        @Nullable String errorType,
        @Nullable String errorCode,
        @Nullable String upstream,
        Confidence confidence,
        String costState,
        @Nullable String cache) {
    static final Duration WIDTH = Duration.ofMinutes(5);

    private static final long WIDTH_MICROS = WIDTH.toNanos() / 1_000;

    static RollupGroup of(CallRecord call) {
        Principal caller = call.caller();
        Answer answer = call.answer();
        long received = Micros.of(call.receivedAt());
        return new RollupGroup(
                received - Math.floorMod(received, WIDTH_MICROS),
                call.request().endpoint(),
                call.request().model(),
                answer.responseModel(),
                call.request().stream(),
                caller == null ? null : caller.keyId(),
                caller == null ? null : caller.keyName(),
                caller == null ? null : caller.project(),
                answer.outcome(),
                answer.status(),
                answer.errorType(),
                answer.errorCode(),
                answer.upstream(),
                call.usageConfidence(),
                CallRows.state(call.cost()),
                CallRows.cacheWord(call));
    }
}
