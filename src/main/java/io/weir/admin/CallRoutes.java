package io.weir.admin;

import io.weir.call.CallRecord;
import io.weir.call.ClientGoneException;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.report.LiveCalls;
import io.weir.store.CallFilter;
import io.weir.store.CallPage;
import io.weir.store.CallStore;
import io.weir.store.PageRequest;
import io.weir.store.StoreUnavailable;
import io.weir.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists of calls, one call, and calls as they end. */
public final class CallRoutes {
    private static final int DEFAULT_LIMIT = 50;
    private static final byte[] BEAT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final CallStore store;
    private final LiveCalls live;
    private final InstantSource clock;

    /** Reads from the store, and from what is live. */
    public CallRoutes(CallStore store, LiveCalls live, InstantSource clock) {
        this.store = store;
        this.live = live;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/admin/api/calls", Access.VIEWER_KEY, Answers.json(this::list)),
                new Route("GET", "/admin/api/calls/*", Access.VIEWER_KEY, Answers.json(this::one)),
                new Route("GET", "/admin/api/tail", Access.VIEWER_KEY, this::tail));
    }

    private ObjectNode list(Query query, String segment) throws StoreUnavailable {
        Instant now = clock.instant();
        CallFilter filter = CallFilter.ALL;
        for (Map.Entry<String, String> parameter : query.all().entrySet()) {
            filter =
                    switch (parameter.getKey()) {
                        case "since" ->
                                filter.since(query.time("since", now).orElse(Instant.EPOCH));
                        case "until" -> filter.until(query.time("until", now).orElse(now));
                        case "limit", "after" -> filter;
                        default -> filter.with(parameter.getKey(), parameter.getValue());
                    };
        }
        @Nullable String after = query.get("after").orElse(null);
        CallPage page =
                store.calls(filter, new PageRequest(query.number("limit", DEFAULT_LIMIT), after));
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode calls = answer.putArray("calls");
        page.calls().forEach(call -> calls.add(CallJson.listed(call)));
        answer.put("next", page.next());
        return answer;
    }

    private ObjectNode one(Query query, String segment) throws StoreUnavailable, NotFound {
        CallRecord call =
                store.call(id(segment))
                        .orElseThrow(() -> new NotFound("No call has the id " + segment + "."));
        ObjectNode json = CallJson.of(call);
        PriceAnswers.versions(json, store.priceVersions(call));
        return json;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not the id of a call", e);
        }
    }

    private void tail(Exchange exchange, String segment) throws ClientGoneException {
        try (LiveCalls.Watcher watcher = live.watch()) {
            exchange.stream(200, Answers.EVENTS, -1, out -> follow(watcher, out));
        }
    }

    private static void follow(LiveCalls.Watcher watcher, OutputStream out) throws IOException {
        out.write(BEAT);
        out.flush();
        while (!Thread.currentThread().isInterrupted()) {
            out.write(next(watcher));
            out.flush();
        }
    }

    private static byte[] next(LiveCalls.Watcher watcher) {
        try {
            CallRecord record = watcher.waiting().poll(5, TimeUnit.SECONDS);
            return record == null
                    ? BEAT
                    : ("data: " + CallJson.of(record) + "\n\n").getBytes(StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BEAT;
        }
    }
}
