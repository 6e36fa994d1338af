package io.weir.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers to the byte, with their headers and waits. Run with {@code -Dweir.golden=write} to accept
 * what changed.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/weir/emulator");
    private static final EmulatorConfig STEADY =
            new EmulatorConfig(Duration.ofMillis(300), Duration.ofMillis(20), 0, true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    chat | /v1/chat/completions | {"model":"gpt-4o-mini","n":2,"max_tokens":12,"messages":[{"role":"user","content":"Tell me of the sea."}]}
                    chat-demo | /v1/chat/completions | {"model":"gpt-4o-mini","n":3,"messages":[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"What's a good book to read on a rainy day? please just name 2."}]}
                    chat-stream | /v1/chat/completions | {"model":"gpt-4o-mini","n":2,"max_tokens":8,"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Tell me of the sea."}]}
                    chat-stream-bare | /v1/chat/completions | {"model":"gpt-4o-mini","max_tokens":8,"stream":true,"messages":[{"role":"user","content":"Tell me of the sea."}]}
                    chat-tools | /v1/chat/completions | {"model":"gpt-4o","messages":[{"role":"user","content":"What is the weather in Lisbon?"}],"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1,"maximum":5}},"required":["city","days"]}}}]}
                    chat-tools-stream | /v1/chat/completions | {"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"What is the weather in Lisbon?"}],"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]}
                    chat-logprobs | /v1/chat/completions | {"model":"gpt-4o","max_tokens":2,"logprobs":true,"top_logprobs":2,"messages":[{"role":"user","content":"Hm"}]}
                    chat-error-stream | /v1/chat/completions | {"model":"error-in-stream","stream":true,"messages":[{"role":"user","content":"Hm"}]}
                    chat-crlf-stream | /v1/chat/completions | {"model":"crlf-stream","stream":true,"max_tokens":14,"messages":[{"role":"user","content":"Hm"}]}
                    completions | /v1/completions | {"model":"gpt-3.5-turbo-instruct","prompt":["One","Two"],"max_tokens":8,"logprobs":1}
                    completions-stream | /v1/completions | {"model":"gpt-3.5-turbo-instruct","prompt":"One","max_tokens":5,"echo":true,"stream":true,"stream_options":{"include_usage":true}}
                    responses | /v1/responses | {"model":"gpt-4o","input":"Tell me of the sea.","instructions":"Be brief.","max_output_tokens":16,"metadata":{"topic":"sea"}}
                    responses-stream | /v1/responses | {"model":"gpt-4o","input":"Tell me of the sea.","max_output_tokens":16,"stream":true}
                    responses-tools-stream | /v1/responses | {"model":"gpt-4o","input":"What is the weather in Lisbon?","stream":true,"tools":[{"type":"function","name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]}
                    responses-reasoning | /v1/responses | {"model":"reasoning","input":"Tell me of the sea.","max_output_tokens":40}
                    embeddings | /v1/embeddings | {"model":"text-embedding-3-small","input":["the sea","a letter"],"dimensions":8}
                    embeddings-base64 | /v1/embeddings | {"model":"text-embedding-3-small","input":"the sea","dimensions":8,"encoding_format":"base64"}
                    moderations | /v1/moderations | {"model":"omni-moderation-latest","input":["I love you all","I will kill you"]}
                    refused | /v1/chat/completions | {"model":"gpt-4o","messages":[]}
                    """)
    void answersToTheByte(String name, String path, String body) throws IOException {
        Emulator emulator = new Emulator(STEADY, new JtokkitCount(), Exchange.NOON, 1);
        compare(name, Exchange.with(emulator, "POST", path, body));
    }

    @Test
    void listsItsModels() throws IOException {
        Emulator emulator = new Emulator(STEADY, new JtokkitCount(), Exchange.NOON, 1);
        compare("models", Exchange.with(emulator, "GET", "/v1/models", ""));
    }

    @Test
    void tabulatesItsModels() throws IOException {
        compare("models-table", EmulatedModels.table());
    }

    private static void compare(String name, Exchange exchange) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("after ").append(exchange.emulation().beforeHead()).append('\n');
        text.append(exchange.status()).append('\n');
        exchange.emulation()
                .headers()
                .forEach((field, value) -> text.append("%s: %s\n".formatted(field, value)));
        text.append('\n');
        for (Emulation.Step step : exchange.steps()) {
            text.append("after ").append(step.before()).append('\n');
            text.append(shown(step.bytes())).append('\n');
        }
        if (exchange.steps().isEmpty()) {
            text.append(shown(exchange.bytes())).append('\n');
        }
        compare(name, text.toString());
    }

    /** Carriage returns and bytes of broken characters made visible. */
    private static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace("\r", "␍");
    }

    private static void compare(String name, String actual) throws IOException {
        Path golden = GOLDEN.resolve(name + ".txt");
        if ("write".equals(System.getProperty("weir.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
