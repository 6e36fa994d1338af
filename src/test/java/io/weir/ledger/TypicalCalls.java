package io.weir.ledger;

import io.weir.call.Attempt;
import io.weir.call.CallRecord;
import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Request;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Moments;
import io.weir.call.Outcome;
import io.weir.call.Principal;
import io.weir.wire.Usage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Calls as a gateway sees most of them. */
final class TypicalCalls {
    private TypicalCalls() {}

    /** A streamed chat that was answered. */
    static CallRecord answered(UUID id) {
        return call(id, new Outcome.Completed(), 200);
    }

    /** The same call as long as it is under way. */
    static CallRecord underWay(UUID id) {
        return call(id, new Outcome.Interrupted(), 0);
    }

    private static CallRecord call(UUID id, Outcome outcome, int status) {
        return new CallRecord(
                id,
                Instant.parse("2026-11-22T01:02:03.123456Z"),
                new Request(
                        "chat.completions",
                        "chat",
                        "POST",
                        "/v1/chat/completions",
                        "gpt-5-mini",
                        true,
                        1,
                        1_024,
                        "user-1234",
                        null,
                        2_345,
                        0,
                        "OpenAI/Java 4.101.0"),
                new Principal("wk_0123456789", "billing job", "billing", List.of("nightly")),
                new Answer(
                        outcome.word(),
                        status,
                        outcome.errorType(),
                        null,
                        null,
                        "openai",
                        "openai",
                        "chatcmpl-0123456789abcdef0123456789",
                        "gpt-5-mini-2025-08-07",
                        "default",
                        List.of("stop"),
                        12_345,
                        87),
                new Usage(512, 128, 0, 0, 0, 220, 64, 0, 0),
                Confidence.PROVIDER,
                new Cost.Priced(712_345L, "gpt-5-mini@2025-08-07/default"),
                new Moments(
                        150, 420, 480, 350_000, 360_000, 2_100_000, 2_100_300, 45_000, 2_099_800),
                List.of(
                        new Attempt(
                                1,
                                "openai",
                                true,
                                160,
                                420,
                                480,
                                350_000,
                                2_100_000,
                                200,
                                null,
                                "req_0123456789abcdef0123456789abcdef")),
                null);
    }
}
