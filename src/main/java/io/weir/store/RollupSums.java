package io.weir.store;

import io.weir.call.CacheUse;
import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.call.Moments;
import io.weir.call.Phases;
import io.weir.wire.Usage;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** The sums of a {@link RollupGroup}'s calls. Mutable, for one thread. */
final class RollupSums {
    private static final String REFUSED = "refused";

    private long calls;
    private Usage usage = Usage.NONE;
    private long costNanoUsd;
    private boolean priced;
    private long savedNanoUsd;
    private boolean saved;
    private long requestBytes;
    private long responseBytes;
    private long closedMicros;
    private long upstreamMicros;
    private long connectingMicros;
    private long sendingMicros;
    private long waitingMicros;
    private long streamingMicros;
    private final LogCounts closed = new LogCounts();
    private final LogCounts firstToken = new LogCounts();
    private final LogCounts overhead = new LogCounts();
    private final LogCounts pace = new LogCounts();

    void add(CallRecord call) {
        calls++;
        usage = usage.plus(call.usage());
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
        add(call.moments(), call.answer().outcome().equals(REFUSED) || call.isFromCache());
        add(call.cache());
        add(Phases.of(call.moments()));
        if (call.request().stream()) {
            addPace(call.moments(), call.usage().outputTotal());
        }
    }

    /**
     * Writes them.
     *
     * @param times 1, or -1 for sums that take the calls out of others
     */
    void write(DuckDBAppender to, int times) throws SQLException {
        to.append(times * calls);
        CallRows.usage(to, usage, times);
        if (priced) {
            to.append(times * costNanoUsd);
        } else {
            to.appendNull();
        }
        to.append(times * requestBytes).append(times * responseBytes);
        to.append(times * closedMicros).append(times * upstreamMicros);
        to.append(closed.logs()).append(closed.counts(times));
        to.append(firstToken.logs()).append(firstToken.counts(times));
        to.append(times * connectingMicros).append(times * sendingMicros);
        to.append(times * waitingMicros).append(times * streamingMicros);
        to.append(overhead.logs()).append(overhead.counts(times));
        to.append(pace.logs()).append(pace.counts(times));
    }

    /** What was saved; null where it is not known of any call. */
    void writeSaved(DuckDBAppender to, int times) throws SQLException {
        if (saved) {
            to.append(times * savedNanoUsd);
        } else {
            to.appendNull();
        }
    }

    private void add(@Nullable CacheUse cache) {
        if (cache != null && cache.savedNanoUsd() != null) {
            savedNanoUsd += cache.savedNanoUsd();
            saved = true;
        }
    }

    private void add(Moments moments, boolean atOnce) {
        upstreamMicros += moments.upstream();
        if (moments.closed() >= 0) {
            closedMicros += moments.closed();
            if (!atOnce) {
                closed.addMicros(moments.closed());
                overhead.addMicros(moments.overhead());
            }
        }
        if (moments.firstToken() >= 0) {
            firstToken.addMicros(moments.firstToken());
        }
    }

    private void add(Phases phases) {
        connectingMicros += phases.connecting();
        sendingMicros += phases.sending();
        waitingMicros += phases.waiting();
        streamingMicros += phases.streaming();
    }

    /** The first token is left out: the wait for it would hide the pace of the others. */
    private void addPace(Moments moments, long tokens) {
        long micros = moments.lastByte() - moments.firstToken();
        if (moments.firstToken() >= 0 && micros > 0 && tokens > 1) {
            pace.add((tokens - 1) * 1e6 / micros);
        }
    }
}
