package io.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Headers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayedHeadersTest {
    @Test
    void aRequestLosesTheGatewayKeyTheAccountAndWhatBelongsToTheHop() {
        Headers sent =
                Headers.of(
                        "Host", "127.0.0.1",
                        "Authorization", "Bearer weir-app-x",
                        "OpenAI-Organization", "org-other",
                        "Connection", "keep-alive, X-Hop",
                        "X-Hop", "1",
                        "Upgrade", "h2c",
                        "HTTP2-Settings", "AAMAAABk",
                        "Transfer-Encoding", "chunked",
                        "x-weir-project", "mine",
                        "Accept", "*/*",
                        "X-Stainless-Lang", "java");

        assertThat(names(RelayedHeaders.ofRequest(sent, false)))
                .containsExactly("Accept", "X-Stainless-Lang");
    }

    @Test
    void theClientsSpanEndsHereAndItsTraceStateOnlyWhereTheTraceDoes() {
        Headers sent = Headers.of("Traceparent", "00-x", "tracestate", "a=1", "TraceState", "b=2");

        assertThat(names(RelayedHeaders.ofRequest(sent, true)))
                .containsExactly("tracestate", "TraceState");
        assertThat(names(RelayedHeaders.ofRequest(sent, false))).isEmpty();
    }

    @Test
    void anAnswerKeepsEverythingButWhatBelongsToTheHop() {
        Headers answered =
                Headers.of(
                        "x-request-id", "req_1",
                        "Set-Cookie", "a=1",
                        "set-cookie", "b=2",
                        "Keep-Alive", "timeout=5",
                        "x-ratelimit-limit-requests", "10",
                        "content-length", "3");

        assertThat(names(RelayedHeaders.ofAnswer(answered)))
                .containsExactly(
                        "x-request-id",
                        "Set-Cookie",
                        "set-cookie",
                        "x-ratelimit-limit-requests",
                        "content-length");
    }

    private static List<String> names(Headers headers) {
        List<String> names = new ArrayList<>();
        headers.forEach((name, value) -> names.add(name));
        return names;
    }
}
