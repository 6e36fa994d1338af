package io.weir.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Plays a trace against a target on the trace's own clock, speeded up. Open loop: a call starts
 * when its time has come, whether or not the ones before it are answered.
 */
public final class Replay {
    private final Trace trace;
    private final LoadTarget target;
    private final ReplaySettings settings;
    private final TraceRequests requests;
    private final Ticker ticker;
    private final Lanes lanes;
    private final ReplayTally tally = new ReplayTally();

    /**
     * @param texts makes the prompts
     */
    public Replay(
            Trace trace,
            LoadTarget target,
            ReplaySettings settings,
            TextOfTokens texts,
            Ticker ticker) {
        this.trace = trace;
        this.target = target;
        this.settings = settings;
        this.requests = new TraceRequests(target, settings, texts);
        this.ticker = ticker;
        this.lanes = new Lanes(settings.concurrency(), target, settings.silence());
    }

    /**
     * Plays the whole trace and waits for the last answer. A refused key ends it early.
     *
     * @throws TargetUnreachable when the target cannot be reached at all
     */
    public ReplaySummary run() throws InterruptedException {
        Lane.requireReachable(target, settings.silence());
        long start = ticker.nanos();
        try (lanes) {
            for (TraceCall call : trace.calls()) {
                if (tally.unauthorised()) {
                    break;
                }
                dispatch(call, start);
            }
            lanes.awaitAll();
        }
        Duration elapsed = Duration.ofNanos(ticker.nanos() - start);
        return tally.summary(trace.calls().size(), elapsed);
    }

    /** How far it is; from any thread. */
    public ReplayProgress progress() {
        return tally.progress(trace.calls().size(), lanes.inFlight());
    }

    private void dispatch(TraceCall call, long start) throws InterruptedException {
        byte[] request = requests.request(call);
        long due = start + (long) (call.offsetMicros() * 1_000 / settings.speed());
        ticker.waitUntil(due);
        Lane lane = lanes.take();
        tally.started(ticker.nanos() - due);
        Thread.startVirtualThread(() -> send(call, request, lane));
    }

    private void send(TraceCall call, byte[] request, Lane lane) {
        try {
            exchange(call, request, lane);
        } catch (IOException e) {
            tally.failed(LoadFailure.word(e));
        } finally {
            lanes.release(lane);
        }
    }

    private void exchange(TraceCall call, byte[] request, Lane lane) throws IOException {
        long sent = ticker.nanos();
        AnswerWatch watch = new AnswerWatch(true, ticker);
        int status = lane.exchange(request, watch).status();
        long done = ticker.nanos();
        tally.status(status);
        if (status >= 300) {
            tally.failed(LoadFailure.word(status));
        } else if (watch.broken()) {
            tally.failed(LoadFailure.BROKEN_STREAM);
        } else {
            Optional<SeenUsage> usage = SeenUsage.in(watch.json());
            tally.succeeded(call, done - sent, watch.firstTokenAfter(sent), usage);
        }
    }
}
