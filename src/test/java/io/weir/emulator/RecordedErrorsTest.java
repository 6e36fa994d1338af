package io.weir.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests that OpenAI refused are refused alike, to the word. */
class RecordedErrorsTest {
    private static final Path EXCHANGES = Path.of("src/test/data/recorded/exchanges");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0394", "0401", "0862", "0870", "0961", "0969", "0971", "0977", "0984", "1087",
                "1425"
            })
    void refusesAsOpenAiDid(String number) {
        JsonNode recorded = exchange(number);
        JsonNode request = recorded.path("request");
        JsonNode expected =
                Json.MAPPER
                        .readTree(recorded.path("response").path("body").asString())
                        .path("error");
        String method = request.path("method").asString();
        String path = URI.create(request.path("url").asString()).getPath();
        String body = request.path("body").asString("");
        Exchange answer = Exchange.with(Exchange.emulator(), method, path, body);
        assertThat(answer.status()).isEqualTo(recorded.path("response").path("status").asInt());
        for (String field : List.of("type", "param", "code", "message")) {
            assertThat(answer.error().path(field)).as(field).isEqualTo(expected.path(field));
        }
    }

    private static JsonNode exchange(String number) {
        try (var files = Files.newDirectoryStream(EXCHANGES, number + "-*.json")) {
            return Json.MAPPER.readTree(Files.readString(files.iterator().next()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read exchange " + number, e);
        }
    }
}
