package io.weir.emulator;

import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What an emulated model does when it is called. */
sealed interface Behaviour {
    /** Answers as any model does. */
    Answers ORDINARY = new Answers(Quirk.NONE, Fault.NONE, Duration.ZERO);

    /**
     * Answers.
     *
     * @param delay how much longer than usual the first token takes
     */
    record Answers(Quirk quirk, Fault fault, Duration delay) implements Behaviour {}

    /**
     * Always answers with an error.
     *
     * @param headers what the error brings along
     * @param fromProxy whether it comes from something in front of the API, without the API's own
     *     headers
     */
    @SuppressWarnings("ArrayRecordComponent") // sent and never compared
    record Fails(int status, Headers headers, byte[] body, boolean fromProxy)
            implements Behaviour {}

    /** Fails so often for each distinct request body, then answers once, then begins again. */
    record Flaky(int failures) implements Behaviour {}

    /** A peculiar answer. */
    static Behaviour quirk(Quirk quirk) {
        return new Answers(quirk, Fault.NONE, Duration.ZERO);
    }

    /** A faulty delivery. */
    static Behaviour fault(Fault fault) {
        return new Answers(Quirk.NONE, fault, Duration.ZERO);
    }

    /** A late answer. */
    static Behaviour late(Duration wait) {
        return new Answers(Quirk.NONE, Fault.NONE, wait);
    }

    /** An error of the API's. */
    static Fails error(ApiError error, String... headers) {
        Headers all = Headers.of("Content-Type", "application/json").and(Headers.of(headers));
        return new Fails(error.status(), all, error.json(), false);
    }

    /** An error page of a proxy's. */
    static Fails page(int status, String html) {
        Headers headers = Headers.of("Content-Type", "text/html");
        return new Fails(status, headers, html.getBytes(StandardCharsets.UTF_8), true);
    }
}
