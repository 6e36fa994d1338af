package io.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.it.LiveGateway;
import io.weir.it.LoopbackProxy;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import io.weir.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ProxyTest {
    private static final String CHAT = "/v1/chat/completions";

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final LoopbackProxy proxy = new LoopbackProxy();

    @TempDir private Path directory;

    ProxyTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @Test
    void aPlainUpstreamIsReachedThroughAProxyThatWantsAPassword() throws IOException {
        upstream.answers("{\"id\":\"chatcmpl-1\"}");
        String url = "http://api.test:" + URI.create(upstream.url()).getPort() + "/v1";
        try (LiveGateway gateway = gateway(url, "u:p%40ss")) {
            for (int i = 0; i < 3; i++) {
                Message answer = gateway.ask(gateway.post(CHAT, "{\"a\":1}"));
                assertThat(answer.body()).isEqualTo("{\"id\":\"chatcmpl-1\"}");
            }
            assertThat(gateway.admin("/admin/api/status").path("upstream_proxy").asString())
                    .isEqualTo(proxy.authority());
        }
        assertThat(proxy.asked()).hasSize(3).containsOnly("POST " + url + "/chat/completions");
        assertThat(upstream.lastRequest().body()).isEqualTo("{\"a\":1}");
        assertThat(upstream.lastRequest().all("authorization"))
                .containsExactly("Bearer " + LiveGateway.upstreamKey());
        assertThat(upstream.lastRequest().field("host")).startsWith("api.test:");
    }

    @Test
    void aProxyThatWantsOtherCredentialsIsSaidToDoSo() throws IOException {
        String url = upstream.url();
        try (LiveGateway gateway = gateway(url, "u:wr0ng-pass")) {
            JsonNode error = error(gateway.ask(gateway.post(CHAT, "{}")));
            assertThat(error.path("code").asString()).isEqualTo("upstream_unreachable");
            assertThat(error.path("message").asString())
                    .contains("through the proxy " + proxy.authority(), "407", "upstream.proxy")
                    .doesNotContain("wr0ng");
        }
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void aTunnelIsOpenedForTls() throws IOException, InterruptedException {
        BlockingQueue<String> said = new ArrayBlockingQueue<>(10);
        upstream.does(peer -> said.add(peer.wire().exactly(3)));
        int port = URI.create(upstream.url()).getPort();
        try (LiveGateway gateway = gateway("https://api.test:" + port + "/v1", "u:p%40ss")) {
            JsonNode error = error(gateway.ask(gateway.post(CHAT, "{}")));
            assertThat(error.path("code").asString()).isEqualTo("upstream_unreachable");
            assertThat(error.path("message").asString()).contains(proxy.authority());
        }
        assertThat(proxy.asked()).contains("CONNECT api.test:" + port);
        assertThat(said.take()).as("a TLS handshake").startsWith("\u0016\u0003");
    }

    @Test
    void aTunnelThatIsRefusedIsSaidToBe() throws IOException {
        try (LiveGateway gateway = gateway("https://api.test/v1", "u:wr0ng-pass")) {
            JsonNode error = error(gateway.ask(gateway.post(CHAT, "{}")));
            assertThat(error.path("message").asString())
                    .isEqualTo(
                            "The upstream 'openai' through the proxy %s cannot be reached (it answered 'HTTP/1.1 407 Who'). Check upstream.proxy."
                                    .formatted(proxy.authority()));
        }
        assertThat(proxy.asked()).containsExactly("CONNECT api.test:443");
    }

    @Test
    void aProxyThatSaysNothingIsTimedOut() throws IOException {
        try (ScriptedUpstream silent = new ScriptedUpstream()) {
            silent.does(peer -> {
                peer.wire().say("HTTP/1.1 200 ");
                peer.wire().awaitClose();
            });
            String authority = silent.url().replaceAll("http://|/v1", "");
            String yaml =
                    "upstream: {proxy: 'http://%s', timeouts: {connect: 300ms}}"
                            .formatted(authority);
            try (LiveGateway gateway = LiveGateway.start(directory, "https://api.test/v1", yaml)) {
                Message answer = gateway.ask(gateway.post(CHAT, "{}"));
                assertThat(answer.status()).isEqualTo(504);
                assertThat(error(answer).path("code").asString())
                        .isEqualTo("upstream_connect_timeout");
                assertThat(error(answer).path("message").asString()).contains(authority);
            }
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        proxy.close();
        try (LiveGateway gateway = gateway(upstream.url(), "u:p")) {
            assertThat(error(gateway.ask(gateway.post(CHAT, "{}"))).path("message").asString())
                    .contains("through the proxy " + proxy.authority() + " cannot be reached");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://p:1",
                "socks5://u:s3cret@p:1",
                "http://u:s3cret@p@q:1",
                "http://u:s3cret@/",
                "http://u:s3cret@p:1/path",
                "http://u:s3 cret@p:1"
            })
    void refusesWhatIsNoHttpProxyWithoutShowingIt(String url) {
        assertThatThrownBy(() -> HttpProxy.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://host:port")
                .hasMessageNotContaining("cret");
    }

    @Test
    void aProxyIsPrintedWithoutItsPassword() {
        HttpProxy read = HttpProxy.of("u:s3cret@proxy.test:3128/");
        assertThat(read.authority()).isEqualTo("proxy.test:3128");
        assertThat(read.toString()).doesNotContain("s3cret", "dTpz");
        assertThat(read.authorization()).isEqualTo("Basic dTpzM2NyZXQ=");
        assertThat(HttpProxy.of("proxy.test").port()).isEqualTo(80);
    }

    private LiveGateway gateway(String url, String user) throws IOException {
        Path reference = directory.resolve("proxy");
        Files.writeString(reference, "http://" + user + "@" + proxy.authority() + "\n");
        return LiveGateway.start(
                directory.resolve("data"), url, "upstream: {proxy: 'file:" + reference + "'}\n");
    }

    private static JsonNode error(Message answer) {
        return Json.MAPPER.readTree(answer.body()).path("error");
    }
}
