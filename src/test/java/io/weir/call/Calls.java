package io.weir.call;

import io.weir.wire.Endpoint;
import io.weir.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Calls for tests. */
public final class Calls {
    private Calls() {}

    /**
     * A chat completion whose body is that JSON, with a clock that goes on a millisecond at each
     * look.
     */
    public static Call chat(String json, String... headers) {
        return of(
                "POST",
                "/v1/chat/completions",
                new Body.Bytes(json.getBytes(StandardCharsets.UTF_8)),
                headers);
    }

    /** Any call. */
    public static Call of(String method, String target, Body body, String... headers) {
        AtomicLong nanos = new AtomicLong();
        Call.Target split = Call.Target.of(target);
        return new Call(
                new UUID(0x0123_4567_89ab_7000L, 0x8000_0000_0000_0001L),
                method,
                split,
                Endpoint.of(method, split.path()),
                Headers.of(headers),
                body,
                new CallTrace(
                        () -> nanos.addAndGet(1_000_000), Instant.parse("2026-11-22T03:00:00Z")));
    }
}
