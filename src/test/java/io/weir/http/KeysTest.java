package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.GatewayTest;
import io.weir.it.Message;
import io.weir.wire.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class KeysTest extends GatewayTest {
    KeysTest() throws IOException {
        super("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "authorization:\r\n",
                "authorization: Bearer\r\n",
                "authorization: Bearer  \r\n",
                "authorization: Bearer sk-proj-unknown\r\n",
                "authorization: Bearer ' OR 1=1; DROP TABLE calls; --\r\n",
                "authorization: Bearer weir-app-\u0000\r\n",
                "authorization: Bearer \u00e9\u00ff\u0080\r\n",
                "authorization: Basic d2VpcjphcHA=\r\n",
                "authorization: Bearer a, Bearer b\r\n",
                "api-key: weir-app-x\r\n"
            })
    void refusesAMissingOrUnknownKey(String field) throws IOException {
        refused("GET /v1/models HTTP/1.1\r\nhost: weir\r\n" + field + "\r\n");
    }

    @Test
    void refusesAKeyInTheQuery() throws IOException {
        String key = gateway().auth().strip().substring("authorization: Bearer ".length());
        refused("GET /v1/models?api_key=" + key + " HTTP/1.1\r\nhost: weir\r\n\r\n");
    }

    @Test
    void refusesTheAdminKeyAsAGatewayKey() throws IOException {
        refused("GET /v1/models HTTP/1.1\r\nhost: weir\r\n" + gateway().adminAuth() + "\r\n");
    }

    @Test
    void refusesTheRightKeyBesideAnother() throws IOException {
        refused(
                "GET /v1/models HTTP/1.1\r\nhost: weir\r\nauthorization: Bearer other\r\n"
                        + gateway().auth()
                        + "\r\n");
    }

    private void refused(String request) throws IOException {
        Message answer = gateway().ask(request);
        JsonNode error = Json.MAPPER.readTree(answer.body()).path("error");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(error.path("code").asString()).isEqualTo("invalid_api_key");
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.has("param")).isTrue();
        assertThat(error.path("message").asString()).contains("app.key");
        assertThat(answer.field("content-type")).isEqualTo("application/json");
        assertThat(upstream().requests()).isEmpty();
    }
}
