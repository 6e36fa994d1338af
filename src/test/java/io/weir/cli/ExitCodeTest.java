package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitCodeTest {
    @TempDir private Path data;
    private final FakeWeir weir = new FakeWeir();

    @AfterEach
    void close() {
        weir.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask hi",
                "calls",
                "calls some-id",
                "tail",
                "report",
                "report cost",
                "status"
            })
    void threeWhenNothingAnswers(String command) throws IOException {
        String url;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "http://127.0.0.1:" + unused.getLocalPort() + "/v1";
        }
        Shell.Result result = run(url, command);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo(
                        "weir: Weir is not running at " + url + ". Start it with: ./weir serve\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask hi", "calls", "tail", "report cost", "status"})
    void fourWhenTheKeyIsRefused(String command) throws IOException {
        weir.keysIn(data);
        String error = "{\"error\":{\"message\":\"Unknown key.\",\"code\":\"invalid_api_key\"}}";
        for (String path :
                List.of(
                        "/v1/chat/completions",
                        "/admin/api/calls",
                        "/admin/api/tail",
                        "/admin/api/reports/cost",
                        "/admin/api/status")) {
            weir.json(path, 401, error);
        }
        Shell.Result result = run(weir.baseUrl(), command);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Unknown key. [invalid_api_key]").contains(".key");
        assertThat(result.all()).doesNotContain("canary");
    }

    @Test
    void fourSaysWhereKeysComeFromWhenNoneWasFound() {
        weir.json("/admin/api/status", 401, "{}");
        Shell.Result result = run(weir.baseUrl(), "status");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("No key was found").contains("WEIR_ADMIN_KEY");
    }

    @Test
    void oneWhenTheServerFails() {
        weir.on(
                "/v1/chat/completions",
                exchange -> FakeWeir.send(exchange, 502, "text/html", "<h1>Bad\nGateway</h1>"));
        Shell.Result result = run(weir.baseUrl(), "ask hi");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("answered 502: <h1>Bad Gateway</h1>");
    }

    @Test
    void oneWhenTheAnswerIsNotJson() {
        weir.on(
                "/v1/chat/completions",
                exchange -> FakeWeir.send(exchange, 200, "text/html", "<h1>Hello</h1>"));
        Shell.Result result = run(weir.baseUrl(), "ask hi");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("not in JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/v1", "127.0.0.1:8080", "http://user:secret@127.0.0.1/v1"})
    void twoWhenTheBaseUrlIsNone(String url) {
        Shell.Result result = run(url, "status");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.all()).doesNotContain("secret");
    }

    private Shell.Result run(String url, String command) {
        List<String> args =
                List.of((command + " --base-url " + url + " --data " + data).split(" ", -1));
        return new Shell().run(args.toArray(String[]::new));
    }
}
