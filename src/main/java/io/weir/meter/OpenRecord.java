package io.weir.meter;

import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Policy;
import io.weir.call.Reply;
import io.weir.wire.ApiError;
import java.io.IOException;

/**
 * Notes in the journal that a call goes upstream, so that a crash leaves a trace of it. Where the
 * journal cannot be written the operator has chosen: refuse the call, or relay it unrecorded and
 * count that.
 */
public final class OpenRecord implements Policy {
    private final RecordWriter writer;
    private final RecordSink sink;
    private final boolean refuses;
    private final Runnable unrecorded;

    /**
     * Opens records.
     *
     * @param refuses whether a call is refused when its record cannot be opened
     * @param unrecorded counts a call that is relayed all the same
     */
    public OpenRecord(RecordWriter writer, RecordSink sink, boolean refuses, Runnable unrecorded) {
        this.writer = writer;
        this.sink = sink;
        this.refuses = refuses;
        this.unrecorded = unrecorded;
    }

    @Override
    public Reply apply(Call call, Chain next) {
        try {
            sink.opened(writer.opened(call));
        } catch (IOException e) {
            if (refuses) {
                return Reply.Refused.of(
                        ApiError.of(
                                503,
                                "server_error",
                                "record_unavailable",
                                "Weir cannot record this call, so it does not make it. Its operator must free disk space; retry later."));
            }
            unrecorded.run();
        }
        return next.proceed(call);
    }
}
