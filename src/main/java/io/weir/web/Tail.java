package io.weir.web;

import io.weir.call.CallRecord;
import io.weir.call.ClientGoneException;
import io.weir.http.Exchange;
import io.weir.report.LiveCalls;
import io.weir.store.CallFilter;
import io.weir.wire.SseEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Calls as they end, as server-sent events.
 *
 * @param filter which of them
 * @param form an event's data, one line
 */
record Tail(LiveCalls live, CallFilter filter, Function<CallRecord, String> form) {
    /** A comment: it tells a proxy that the stream lives, and Weir that the browser does. */
    private static final byte[] BEAT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private static final int BEAT_SECONDS = 5;

    /** Sends them until the browser leaves, or its session has ended. */
    void follow(Exchange exchange, BooleanSupplier admitted) throws ClientGoneException {
        try (LiveCalls.Watcher watcher = live.watch()) {
            exchange.stream(200, Html.EVENTS, -1, out -> follow(watcher, out, admitted));
        }
    }

    private void follow(LiveCalls.Watcher watcher, OutputStream out, BooleanSupplier admitted)
            throws IOException {
        out.write(BEAT);
        out.flush();
        while (!Thread.currentThread().isInterrupted()) {
            List<CallRecord> ended = ended(watcher);
            if (!admitted.getAsBoolean()) {
                return;
            }
            for (CallRecord call : ended) {
                if (filter.matches(call)) {
                    out.write(SseEvent.of(form.apply(call)).bytes());
                }
            }
            out.write(BEAT);
            out.flush();
        }
    }

    private static List<CallRecord> ended(LiveCalls.Watcher watcher) {
        List<CallRecord> ended = new ArrayList<>();
        try {
            CallRecord first = watcher.waiting().poll(BEAT_SECONDS, TimeUnit.SECONDS);
            if (first != null) {
                ended.add(first);
                watcher.waiting().drainTo(ended);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }
}
