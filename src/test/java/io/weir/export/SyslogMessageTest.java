package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CallRecords;
import io.weir.outbound.HttpSettings;
import io.weir.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class SyslogMessageTest {
    private static final HttpSettings SERVER =
            new HttpSettings(
                    URI.create("tls://logs.example.com"),
                    List.of(),
                    Optional.empty(),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    false);
    private static final Instant TIME = Instant.parse("2026-11-26T23:59:59.123456789Z");
    private static final UUID ID = new UUID(7, 1);

    @Test
    void isAsRfc5424WritesIt() {
        assertThat(message(model("gpt-5"), "{\"request_model\":\"gpt-5\",\"status\":200}"))
                .isEqualTo(
                        "<134>1 2026-11-26T23:59:59.123456Z gateway weir - call [weir@32473 id=\"%s\" model=\"gpt-5\" status=\"200\"] {\"request_model\":\"gpt-5\",\"status\":200}"
                                .formatted(ID));
    }

    @Test
    void whatHasAMeaningInStructuredDataIsEscapedThere() {
        CallRecords call = model("a\"b]c\\d\n\u007f\u0085ü\ud83d\ude00\ud800");
        Fields fields = new Fields(List.of("request_model"), Map.of(), false);
        assertThat(message(fields, call, "{}"))
                .contains(" model=\"a\\\"b\\]c\\\\d???ü\ud83d\ude00?\"] {");
    }

    @Test
    void aLongModelIsCutInStructuredDataOnly() {
        String model = "m".repeat(1_000);
        Fields fields = new Fields(List.of("request_model"), Map.of(), false);
        assertThat(message(fields, model(model), "{\"request_model\":\"%s\"}".formatted(model)))
                .contains(" model=\"" + "m".repeat(200) + "\"]", model);
    }

    @Test
    void theJsonIsAsciiAndMeansTheSame() {
        String text = "ü\u0085\u2028\u007f\u0000\ud83d\ude00\ufeff";
        ObjectNode call = Json.MAPPER.createObjectNode().put("text", text);
        String message = message(model("gpt-5"), call.toString());
        String json = message.substring(message.indexOf("] ") + 2);
        assertThat(json).matches("[ -~]*");
        assertThat(Json.MAPPER.readTree(json)).isEqualTo(call);
    }

    @ParameterizedTest
    @CsvSource({
        "completed, 200, 6",
        "completed, 429, 4",
        "completed, 500, 3",
        "refused, 400, 4",
        "refused, 503, 3",
        "client_gone, 0, 4",
        "upstream_failed, 502, 3",
        "deadline_passed, 504, 3",
        "interrupted, 0, 3"
    })
    void severityIsByOutcome(String outcome, int status, int severity) {
        CallRecords call = model("gpt-5").outcome(outcome, status);
        Fields renamed = new Fields(List.of(), Map.of("outcome", "o"), false);
        assertThat(message(renamed, call, "{}")).startsWith("<" + (128 + severity) + ">1 ");
    }

    @ParameterizedTest
    @CsvSource({
        "local9, gateway, weir, weir@32473, facility",
        "local0, 'a b', weir, weir@32473, hostname",
        "local0, gateway, 'a b', weir@32473, app_name",
        "local0, gateway, weir, weir, data_id",
        "local0, gateway, weir, 'we]ir@1', data_id",
        "local0, gateway, weir, 0123456789012345678901234@32473.1, data_id"
    })
    void whatRfc5424DoesNotAllowIsNoSetting(
            String facility, String host, String app, String id, String key) {
        assertThatThrownBy(() -> new SyslogSettings(SERVER, facility, host, app, id, 8_096, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    @Test
    void whatMayNotBeSentIsNowhere() {
        CallRecords call = model("gpt-5").outcome("upstream_failed", 502);
        Fields fields = new Fields(List.of("endpoint"), Map.of(), false);
        assertThat(message(fields, call, "{}"))
                .startsWith("<134>1 ")
                .endsWith(" call [weir@32473 id=\"%s\"] {}".formatted(ID));
    }

    private static CallRecords model(String model) {
        return CallRecords.at(TIME, 1).id(ID).model(model, null);
    }

    private static String message(CallRecords call, String json) {
        return message(Fields.ALL, call, json);
    }

    private static String message(Fields fields, CallRecords call, String json) {
        SyslogSettings settings =
                new SyslogSettings(SERVER, "local0", "gateway", "weir", "weir@32473", 8_096, true);
        Event event = new Event(1, call.build(), fields, json.getBytes(StandardCharsets.UTF_8));
        return new String(new SyslogMessage(settings).of(event), StandardCharsets.UTF_8);
    }
}
