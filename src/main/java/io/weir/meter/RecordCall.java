package io.weir.meter;

import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Outcome;
import io.weir.call.Policy;
import io.weir.call.Reply;
import io.weir.call.Stage;
import io.weir.wire.ApiError;

/**
 * The outermost policy: whatever happens further in, exactly one closing record is written for each
 * call.
 */
public final class RecordCall implements Policy {
    private static final System.Logger LOG = System.getLogger(RecordCall.class.getName());

    private final RecordWriter writer;
    private final RecordSink sink;

    /** Writes what {@code writer} makes to {@code sink}. */
    public RecordCall(RecordWriter writer, RecordSink sink) {
        this.writer = writer;
        this.sink = sink;
    }

    @Override
    public Reply apply(Call call, Chain next) {
        Reply reply = proceed(call, next);
        return reply.whenDone(outcome -> close(call, reply, outcome));
    }

    private void close(Call call, Reply reply, Outcome outcome) {
        Stage stage = Stage.begun();
        sink.closed(writer.closed(call.trace().asRead(call), reply, seen(call, outcome)));
        stage.done(Stage.CLOSE_RECORD, call.id());
    }

    private static Reply proceed(Call call, Chain next) {
        try {
            return next.proceed(call);
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "call " + call.id() + " failed inside Weir", bug);
            return Reply.Refused.of(
                    ApiError.of(
                            500,
                            "server_error",
                            "internal_error",
                            "Weir failed on this call. Retry; if it happens again, report call %s with the log of that time."
                                    .formatted(call.id())));
        }
    }

    /**
     * An answer that was relayed to its end is not delivered when its client is known to have gone;
     * and an upstream that was stopped from this side has not failed.
     */
    private static Outcome seen(Call call, Outcome outcome) {
        if (outcome instanceof Outcome.UpstreamFailed) {
            return call.abort().raised().orElse(outcome);
        }
        return outcome instanceof Outcome.Completed && call.abort().hasClientLeft()
                ? new Outcome.ClientGone()
                : outcome;
    }
}
