package io.weir.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecord.Request;
import io.weir.wire.Json;
import io.weir.wire.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class CallRecordJsonTest {
    private static final CallRecord FULL =
            new CallRecord(
                    UUID.fromString("019a9b1c-0000-7000-8000-00000000002a"),
                    Instant.parse("2026-11-22T01:02:03.000004Z"),
                    new Request(
                            "chat.completions",
                            "chat",
                            "POST",
                            "/v1/chat/completions",
                            "gpt-5-mini",
                            true,
                            2,
                            256,
                            "user-7",
                            "auto",
                            1_234,
                            1,
                            "OpenAI/Java 4.101.0",
                            new TraceContext(
                                    "4bf92f3577b34da6a3ce929d0e0e4736",
                                    "00f067aa0ba902b7",
                                    "53995c3f42cd8ad8",
                                    1),
                            new Fingerprint(-2, List.of(0x1234_5678_9abc_def0L, 3L))),
                    new Principal("wk_1", "billing job", "billing", List.of("eu", "nightly")),
                    new Answer(
                            "upstream_failed",
                            502,
                            "upstream_broken",
                            "upstream_broken",
                            "The upstream broke off.",
                            "openai",
                            "openai",
                            "chatcmpl-1",
                            "gpt-5-mini-2025-08-07",
                            "default",
                            List.of("stop", "length"),
                            5_678,
                            90),
                    new Usage(1, 2, 3, 4, 5, 6, 7, 8, 9),
                    Confidence.PARTIAL,
                    new Cost.Priced(123_456_789L, "gpt-5-mini@2025-08-07/default"),
                    new Moments(10, 20, 30, 40, 50, 60, 70, 80, 90),
                    List.of(
                            new Attempt(
                                    1,
                                    "openai",
                                    false,
                                    11,
                                    -1,
                                    -1,
                                    -1,
                                    12,
                                    0,
                                    "upstream_unreachable",
                                    null),
                            new Attempt(
                                    2,
                                    "openai",
                                    true,
                                    13,
                                    14,
                                    15,
                                    16,
                                    17,
                                    200,
                                    "upstream_broken",
                                    "req_1")),
                    new Content("{\"a\":1}", "data: é\n", true, "81234+5 9+3"));

    private static final CallRecord BARE =
            new CallRecord(
                    UUID.fromString("019a9b1c-0000-7000-8000-00000000002b"),
                    Instant.parse("2026-11-22T01:02:03Z"),
                    new Request(
                            "models",
                            "other",
                            "GET",
                            "/v1/models",
                            null,
                            false,
                            1,
                            -1,
                            null,
                            null,
                            0,
                            0,
                            null),
                    null,
                    new Answer(
                            "client_gone",
                            0,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            List.of(),
                            0,
                            0),
                    Usage.NONE,
                    Confidence.NONE,
                    new Cost.Free(),
                    Moments.NONE,
                    List.of(),
                    null);

    @Test
    void writesEveryMemberUnderItsName() throws IOException {
        assertThat(pretty(FULL)).isEqualTo(golden("full.json"));
    }

    @Test
    void leavesOutWhatIsAbsent() throws IOException {
        assertThat(pretty(BARE)).isEqualTo(golden("bare.json"));
    }

    @Test
    void readsBackWhatItWrote() {
        RandomCalls calls = new RandomCalls(42);
        for (int i = 0; i < 2_000; i++) {
            CallRecord call = calls.next();
            assertThat(CallRecordJson.read(CallRecordJson.write(call))).isEqualTo(call);
        }
    }

    @Test
    void survivesHalvesOfSurrogatePairs() {
        for (String text :
                List.of("\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "ok \uD83D\uDE00")) {
            CallRecord call = withContent(text);
            CallRecord read = CallRecordJson.read(CallRecordJson.write(call));
            assertThat(read).as(text).isEqualTo(call);
        }
    }

    @Test
    void readsAnObjectThatHasOnlyItsIdAndTime() {
        CallRecord read =
                CallRecordJson.read(
                        ("{\"id\":\"019a9b1c-0000-7000-8000-00000000002b\","
                                        + "\"received_at\":\"2026-11-22T01:02:03Z\"}")
                                .getBytes(UTF_8));
        assertThat(read.request().choices()).isEqualTo(1);
        assertThat(read.request().maxTokens()).isEqualTo(-1);
        assertThat(read.caller()).isNull();
        assertThat(read.usage()).isEqualTo(Usage.NONE);
        assertThat(read.cost()).isInstanceOf(Cost.Unpriced.class);
        assertThat(read.moments()).isEqualTo(Moments.NONE);
        assertThat(read.attempts()).isEmpty();
    }

    @Test
    void passesOverMembersItDoesNotKnow() {
        String json = new String(CallRecordJson.write(FULL), UTF_8);
        String grown = json.replaceFirst("\\{", "{\"of_tomorrow\":{\"deep\":[1,2]},");
        assertThat(CallRecordJson.read(grown.getBytes(UTF_8))).isEqualTo(FULL);
    }

    @Test
    void takesAMemberOfAnotherTypeForAbsent() {
        String json = new String(CallRecordJson.write(FULL), UTF_8);
        String odd = json.replace("\"status\":502", "\"status\":\"bad\"");
        assertThat(CallRecordJson.read(odd.getBytes(UTF_8)).answer().status()).isZero();
    }

    @Test
    void refusesWhatIsNoRecord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallRecordJson.read("{}".getBytes(UTF_8)))
                .withMessage("the record has no id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallRecordJson.read("[1]".getBytes(UTF_8)));
        assertThatThrownBy(() -> CallRecordJson.read("{\"id\":".getBytes(UTF_8)))
                .isInstanceOf(JacksonException.class);
    }

    private static CallRecord withContent(String text) {
        return new CallRecord(
                BARE.id(),
                BARE.receivedAt(),
                BARE.request(),
                null,
                BARE.answer(),
                BARE.usage(),
                BARE.usageConfidence(),
                BARE.cost(),
                BARE.moments(),
                List.of(),
                new Content(text, text.repeat(10_000), false));
    }

    private static String pretty(CallRecord call) {
        return Json.MAPPER.readTree(CallRecordJson.write(call)).toPrettyString() + "\n";
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = CallRecordJsonTest.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), UTF_8);
        }
    }
}
