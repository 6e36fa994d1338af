package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.GatewayTest;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FormsTest extends GatewayTest {
    private static final String TRANSCRIPTIONS = "/v1/audio/transcriptions";

    FormsTest() throws IOException {
        super("upstream: {keep_alive: 0s}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o-transcribe", "whisper-1"})
    void theRecordShowsTheModelOfAForm(String model) throws IOException {
        upstream().answers("{\"text\":\"hi\"}");
        Message answer = gateway().ask(post(TRANSCRIPTIONS, form(model)));
        assertThat(upstream().lastRequest().body()).isEqualTo(form(model));
        JsonNode record = gateway().record(answer);
        assertThat(record.path("request_model").asString()).isEqualTo(model);
        assertThat(record.path("end_user").asString()).isEqualTo("u-1");
        assertThat(record.path("choices").asInt()).isEqualTo(2);
    }

    @Test
    void aTranscriptionThatIsBilledByTokensIsPriced() throws IOException {
        upstream()
                .answers(
                        "{\"text\":\"hi\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,"
                                + "\"input_token_details\":{\"text_tokens\":4,\"audio_tokens\":10},"
                                + "\"output_tokens\":45,\"total_tokens\":59}}");
        JsonNode record =
                gateway().record(gateway().ask(post(TRANSCRIPTIONS, form("gpt-4o-transcribe"))));
        assertThat(record.path("input_audio_tokens").asLong()).isEqualTo(10);
        assertThat(record.path("output_tokens").asLong()).isEqualTo(45);
        assertThat(record.path("cost_nano_usd").asLong())
                .isEqualTo(4 * 2_500 + 10 * 6_000 + 45 * 10_000);
    }

    @Test
    void aTranscriptionThatIsBilledByTheSecondSaysSo() throws IOException {
        upstream().answers("{\"text\":\"hi\",\"usage\":{\"type\":\"duration\",\"seconds\":9}}");
        JsonNode record = gateway().record(gateway().ask(post(TRANSCRIPTIONS, form("whisper-1"))));
        assertThat(record.path("cost_state").asString()).isEqualTo("unpriced");
        assertThat(record.path("unpriced_reason").asString())
                .isEqualTo("billed by the second, not by tokens: whisper-1");
    }

    @Test
    void anImageEditShowsItsModelAndAChunkedFormToo() throws IOException {
        upstream().answers("{\"data\":[]}");
        String form = form("gpt-image-1");
        String request =
                post("/v1/images/edits", form)
                        .replaceFirst("content-length: \\d+", "transfer-encoding: chunked");
        int body = request.length() - form.length();
        String chunked =
                request.substring(0, body)
                        + Integer.toHexString(form.length())
                        + "\r\n"
                        + form
                        + "\r\n0\r\n\r\n";
        JsonNode record = gateway().record(gateway().ask(chunked));
        assertThat(record.path("request_model").asString()).isEqualTo("gpt-image-1");
    }

    @Test
    void aFormThatAsksForAStreamIsRecordedAsOne() throws IOException {
        upstream()
                .does(peer -> {
                    peer.request();
                    peer.wire()
                            .say(ScriptedUpstream.eventsHead())
                            .chunk("data: {\"type\":\"transcript.text.done\",\"text\":\"hi\"}\n\n")
                            .lastChunk();
                });
        String form = form("gpt-4o-transcribe");
        String stream =
                "--b\r\nContent-Disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n" + form;
        Message answer = gateway().ask(post(TRANSCRIPTIONS, stream));
        assertThat(gateway().record(answer).path("stream").asBoolean()).isTrue();
        assertThat(upstream().lastRequest().all("accept-encoding")).containsExactly("identity");
    }

    private String post(String path, String form) {
        return gateway()
                .post(path, form)
                .replace("application/json", "Multipart/form-data; boundary=\"b\"")
                .replace("host: weir\r\n", "host: weir\r\naccept-encoding: gzip\r\n");
    }

    private static String form(String model) {
        return field("user", "u-1")
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n\r\n"
                + "\u0000\u00ff\r\n--\r\n".repeat(10_000)
                + "\r\n"
                + field("n", "2")
                + field("response_format", "verbose_json")
                + field("model", model)
                + "--b--\r\n";
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(name, value);
    }
}
