package io.weir.store;

import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.call.Moments;
import io.weir.wire.Usage;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/** The sums of a {@link RollupGroup}'s calls. Mutable, for one thread. */
final class RollupSums {
    private static final String REFUSED = "refused";

    private long calls;
    private Usage usage = Usage.NONE;
    private long costNanoUsd;
    private boolean priced;
    private long requestBytes;
    private long responseBytes;
    private long closedMicros;
    private long upstreamMicros;
    private final LogCounts closed = new LogCounts();
    private final LogCounts firstToken = new LogCounts();

    void add(CallRecord call) {
        calls++;
        usage = sum(usage, call.usage());
        switch (call.cost()) {
            case Cost.Priced(long nanoUsd, String priceId) -> {
                costNanoUsd += nanoUsd;
                priced = true;
            }
            case Cost.Free free -> priced = true;
            case Cost.Unpriced unpriced -> {}
        }
        requestBytes += call.request().bytes();
        responseBytes += call.answer().bytes();
        add(call.moments(), call.answer().outcome().equals(REFUSED));
    }

    void write(DuckDBAppender to) throws SQLException {
        to.append(calls);
        CallRows.usage(to, usage);
        if (priced) {
            to.append(costNanoUsd);
        } else {
            to.appendNull();
        }
        to.append(requestBytes).append(responseBytes).append(closedMicros).append(upstreamMicros);
        to.append(closed.logs()).append(closed.counts());
        to.append(firstToken.logs()).append(firstToken.counts());
    }

    private void add(Moments moments, boolean refused) {
        upstreamMicros += moments.upstream();
        if (moments.closed() >= 0) {
            closedMicros += moments.closed();
            if (!refused) {
                closed.add(moments.closed());
            }
        }
        if (moments.firstToken() >= 0) {
            firstToken.add(moments.firstToken());
        }
    }

    private static Usage sum(Usage one, Usage other) {
        return new Usage(
                one.input() + other.input(),
                one.cacheRead() + other.cacheRead(),
                one.cacheWrite() + other.cacheWrite(),
                one.inputAudio() + other.inputAudio(),
                one.inputImage() + other.inputImage(),
                one.output() + other.output(),
                one.reasoning() + other.reasoning(),
                one.outputAudio() + other.outputAudio(),
                one.outputImage() + other.outputImage());
    }
}
