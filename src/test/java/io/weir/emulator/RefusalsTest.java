package io.weir.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                             |          |
                    {"model":""}                                   |          |
                    {"model":null}                                 |          |
                    {"model":3}                                    | model    | invalid_type
                    {"model":"gpt-4o"}                             | messages | missing_required_parameter
                    {"model":"gpt-4o","messages":[]}               | messages | empty_array
                    {"model":"gpt-4o","messages":"hi"}             | messages | invalid_type
                    {"model":"gpt-4o","messages":null}             | messages | invalid_type
                    {"model":"gpt-4o","messages":["hi"]}           | messages[0] | invalid_type
                    {"model":"gpt-4o","messages":[{"content":"a"}]} | messages[0].role | missing_required_parameter
                    {"model":"gpt-4o","messages":[{"role":1,"content":"a"}]} | messages[0].role | invalid_type
                    {"model":"gpt-4o","messages":[{"role":"bot","content":"a"}]} | messages[0].role | invalid_value
                    {"model":"gpt-4o","messages":[{"role":"user"}]} | messages[0].content | invalid_type
                    {"model":"gpt-4o","messages":[{"role":"user","content":{}}]} | messages[0].content | invalid_type
                    {"model":"gpt-4o","messages":[{"role":"tool","content":"a","tool_call_id":"c"}]} | messages[0].role |
                    {"model":"gpt-4o","n":0,HI}                    | n        | integer_below_min_value
                    {"model":"gpt-4o","n":129,HI}                  | n        | integer_above_max_value
                    {"model":"gpt-4o","n":"2",HI}                  | n        | invalid_type
                    {"model":"gpt-4o","n":1.5,HI}                  | n        | invalid_type
                    {"model":"gpt-4o","max_tokens":0,HI}           | max_tokens | integer_below_min_value
                    {"model":"gpt-4o","max_tokens":99999999999999999999,HI} | max_tokens | integer_above_max_value
                    {"model":"gpt-4o","temperature":2.5,HI}        | temperature | decimal_above_max_value
                    {"model":"gpt-4o","temperature":"hot",HI}      | temperature | invalid_type
                    {"model":"gpt-4o","stream":"yes",HI}           | stream   | invalid_type
                    {"model":"gpt-4o","stream_options":{},HI}      | stream_options |
                    {"model":"gpt-4o","top_logprobs":2,HI}         | top_logprobs |
                    {"model":"gpt-4o","stop":["a","b","c","d","e"],HI} | stop | array_above_max_length
                    {"model":"gpt-4o","stop":7,HI}                 | stop     | invalid_type
                    {"model":"gpt-4o","tool_choice":"auto",HI}     | tool_choice |
                    {"model":"gpt-4o","tools":[{"type":"function"}],HI} | tools[0].function.name | missing_required_parameter
                    {"model":"gpt-4o","tools":{},HI}               | tools    | invalid_type
                    {"model":"gpt-4o","response_format":{"type":"xml"},HI} | response_format.type | invalid_value
                    {"model":"gpt-4o","response_format":{"type":"json_object"},HI} | messages |
                    {"model":"gpt-4o","response_format":{"type":"json_schema"},HI} | response_format.json_schema | missing_required_parameter
                    """)
    void refusesChats(String body, String param, String code) {
        Exchange exchange = Exchange.post(CHAT, body.replace("HI", HI));
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(400);
        assertThat(exchange.error().path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(exchange.error().path("param").asString(null)).isEqualTo(param);
        assertThat(exchange.error().path("code").asString(null)).isEqualTo(code);
        assertThat(exchange.error().path("message").asString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /v1/completions | {"model":"davinci-002"}              | prompt | missing_required_parameter
                    /v1/completions | {"model":"davinci-002","prompt":7}   | prompt | invalid_type
                    /v1/completions | {"model":"davinci-002","prompt":[]}  | prompt | empty_array
                    /v1/responses   | {"model":"gpt-4o"}                   | input  | missing_required_parameter
                    /v1/responses   | {"model":"gpt-4o","input":7}         | input  | invalid_type
                    /v1/responses   | {"model":"gpt-4o","input":"a","max_output_tokens":3} | max_output_tokens | integer_below_min_value
                    /v1/responses   | {"model":"gpt-4o","input":[{"role":"bot","content":"a"}]} | input[0].role | invalid_value
                    /v1/embeddings  | {"model":"text-embedding-3-small"}   |        |
                    /v1/embeddings  | {"model":"text-embedding-3-small","input":""} |  |
                    /v1/embeddings  | {"model":"text-embedding-3-small","input":[]} | |
                    /v1/embeddings  | {"model":"text-embedding-3-small","input":"a","encoding_format":"hex"} | |
                    /v1/moderations | {}                                   | input  | missing_required_parameter
                    """)
    void refusesOthers(String path, String body, String param, String code) {
        Exchange exchange = Exchange.post(path, body);
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(400);
        assertThat(exchange.error().path("param").asString(null)).isEqualTo(param);
        assertThat(exchange.error().path("code").asString(null)).isEqualTo(code);
    }

    @Test
    void refusesWhatIsNotJson() {
        for (String body : List.of("", "{", "[]", "\"a\"", "{\"a\":1}{", "\u0000", "nul")) {
            Exchange exchange = Exchange.post(CHAT, body);
            assertThat(exchange.status()).isEqualTo(400);
            assertThat(exchange.error().path("message").asString()).contains("JSON");
        }
    }

    @Test
    void refusesUnknownModels() {
        Exchange chat = Exchange.post(CHAT, "{\"model\":\"claude\"," + HI + "}");
        assertThat(chat.status()).isEqualTo(404);
        assertThat(chat.error().path("code").asString()).isEqualTo("model_not_found");
        Exchange response =
                Exchange.post("/v1/responses", "{\"model\":\"claude\",\"input\":\"a\"}");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().path("param").asString()).isEqualTo("model");
    }

    @Test
    void saysWhatThereIsWhereThereIsNothing() {
        Exchange exchange = Exchange.with(Exchange.emulator(), "GET", "/v1/files", "");
        assertThat(exchange.status()).isEqualTo(404);
        assertThat(exchange.error().path("code").asString()).isEqualTo("unknown_url");
        assertThat(exchange.error().path("message").asString())
                .contains("GET /v1/files", "/v1/chat/completions", "/v1/models");
        Exchange wrong = Exchange.with(Exchange.emulator(), "GET", CHAT, "");
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(Exchange.with(Exchange.emulator(), "DELETE", "/v1/models/gpt-4o", "").status())
                .isEqualTo(405);
    }

    @Test
    void wantsAKey() {
        assertThat(status(Headers.NONE)).isEqualTo("401 null");
        assertThat(status(Headers.of("Authorization", "Bearer "))).isEqualTo("401 null");
        assertThat(status(Headers.of("Authorization", "Basic abc"))).isEqualTo("401 null");
        assertThat(status(Headers.of("authorization", "Bearer sk-invalid-1")))
                .isEqualTo("401 invalid_api_key");
        assertThat(status(Headers.of("authorization", "bearer anything"))).isEqualTo("200 null");
    }

    @Test
    void repeatsNoKey() {
        Headers headers = Headers.of("authorization", "Bearer sk-invalid-canary");
        Emulation emulation =
                Exchange.emulator().answer("GET", "/v1/models", null, headers, none());
        assertThat(Exchange.of(emulation).text()).doesNotContain("canary");
    }

    @Test
    void wantsNoKeyWhereNoneIsRequired() {
        EmulatorConfig open = EmulatorConfig.zero().withoutKey();
        Emulator emulator = new Emulator(open, new JtokkitCount(), Exchange.NOON, 1);
        Emulation emulation = emulator.answer("GET", "/v1/models", null, Headers.NONE, none());
        assertThat(emulation.status()).isEqualTo(200);
    }

    private static String status(Headers headers) {
        Emulation emulation =
                Exchange.emulator().answer("GET", "/v1/models", null, headers, none());
        String code = Exchange.of(emulation).error().path("code").asString(null);
        return emulation.status() + " " + code;
    }

    private static byte[] none() {
        return "".getBytes(StandardCharsets.UTF_8);
    }
}
