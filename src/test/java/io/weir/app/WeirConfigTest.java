package io.weir.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Settings;
import io.weir.meter.Capture;
import io.weir.metrics.MetricsConfig;
import io.weir.upstream.HttpProxy;
import io.weir.upstream.UpstreamConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeirConfigTest {
    @Test
    void isTheEmulatorOnLoopbackWithoutAnythingSaid() {
        WeirConfig config = config("", Map.of(), WeirConfig.Overrides.NONE);

        assertThat(config.upstream()).isNull();
        assertThat(config.server().host()).isEqualTo("127.0.0.1");
        assertThat(config.server().port()).isEqualTo(8080);
        assertThat(config.capture().level()).isEqualTo(Capture.Level.METADATA);
        assertThat(config.refuseUnrecorded()).isTrue();
        assertThat(config.drain().drains()).isFalse();
    }

    @Test
    void isOpenAiWithAKeyAndNeverWhatOpenAiBaseUrlSays() {
        Map<String, String> environment =
                Map.of("OPENAI_API_KEY", "sk-real", "OPENAI_BASE_URL", "http://127.0.0.1:8080/v1");

        WeirConfig config = config("", environment, WeirConfig.Overrides.NONE);

        assertThat(upstream(config).baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
        assertThat(config.toString()).doesNotContain("sk-real");
    }

    @Test
    void theCommandLineComesBeforeTheFile() {
        WeirConfig.Overrides overrides =
                new WeirConfig.Overrides("0.0.0.0", 1, Path.of("here"), "http://127.0.0.1:9/v1");

        WeirConfig config =
                config(
                        "server:\n  port: 2\nupstream:\n  url: http://127.0.0.1:8/v1\n",
                        Map.of(),
                        overrides);

        assertThat(config.server().port()).isEqualTo(1);
        assertThat(config.server().host()).isEqualTo("0.0.0.0");
        assertThat(config.data()).isEqualTo(Path.of("here"));
        assertThat(upstream(config).port()).isEqualTo(9);
        assertThat(config.upstreamKeys()).isEmpty();
    }

    @Test
    void anUpstreamsKeyIsAReference() {
        String yaml =
                "upstream:\n  url: http://127.0.0.1:8\n  key: env:MINE\n  timeouts:\n    idle: 5s\n";

        WeirConfig config = config(yaml, Map.of("MINE", "sk-mine"), WeirConfig.Overrides.NONE);

        assertThat(upstream(config).basePath()).isEqualTo("/v1");
        assertThat(upstream(config).idle()).isEqualTo(Duration.ofSeconds(5));
        assertThatThrownBy(() ->
                        config("upstream:\n  key: sk-open\n", Map.of(), WeirConfig.Overrides.NONE))
                .hasMessageContaining("give a reference")
                .hasMessageNotContaining("sk-open");
    }

    @Test
    void refusesAnUpstreamThatIsNoHttpUrlOrHoldsAPassword() {
        assertThatThrownBy(() ->
                        config("upstream:\n  url: ftp://x\n", Map.of(), WeirConfig.Overrides.NONE))
                .hasMessageContaining("begins with http:// or https://");
        assertThatThrownBy(() ->
                        config(
                                "upstream:\n  url: http://u:p@x/v1\n",
                                Map.of(),
                                WeirConfig.Overrides.NONE))
                .hasMessageContaining("holds no user, password or query");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, , proxy.test:3128",
        "https://api.openai.com/v1, other.test .openai.com, ",
        "https://api.openai.com/v1, 'x,API.openai.com', ",
        "https://api.openai.com/v1, *, ",
        "https://api.openai.com/v1, penai.com, proxy.test:3128",
        "http://api.test/v1, , ",
        "https://localhost:1/v1, , ",
        "https://127.0.0.1:1/v1, , ",
        "https://[::1]:1/v1, , "
    })
    void theEnvironmentsProxyStandsBeforeHttpsBeyondThisMachine(
            String url, @Nullable String noProxy, @Nullable String expected) {
        Map<String, String> environment =
                Map.of(
                        "HTTPS_PROXY",
                        "http://u:s3cret@proxy.test:3128",
                        "NO_PROXY",
                        noProxy == null ? "" : noProxy);

        WeirConfig config =
                config("upstream: {url: '" + url + "'}", environment, WeirConfig.Overrides.NONE);

        HttpProxy proxy = upstream(config).proxy();
        assertThat(proxy == null ? null : proxy.authority()).isEqualTo(expected);
        assertThat(config.toString()).doesNotContain("s3cret");
    }

    @Test
    void theFilesProxyComesBeforeTheEnvironments() {
        Map<String, String> environment =
                Map.of("https_proxy", "http://a:1", "P", "http://u:p@b:2", "OPENAI_API_KEY", "k");

        assertThat(proxy("http://c:3", environment)).isEqualTo("c:3");
        assertThat(proxy("env:P", environment)).isEqualTo("b:2");
        assertThat(proxy("none", environment)).isNull();
        assertThatThrownBy(() -> proxy("http://u:s3cret@c:3", environment))
                .hasMessageContaining("Give a reference")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> proxy("socks5://c:3", environment))
                .hasMessageContaining("upstream.proxy: a proxy is http://host:port");
    }

    private static @Nullable String proxy(String said, Map<String, String> environment) {
        HttpProxy proxy =
                upstream(
                                config(
                                        "upstream: {proxy: '" + said + "'}",
                                        environment,
                                        WeirConfig.Overrides.NONE))
                        .proxy();
        return proxy == null ? null : proxy.authority();
    }

    @Test
    void metricsTellFourThingsApartAndWantTheAdminKeyUnlessTheFileSaysOtherwise() {
        WeirConfig usual = config("", Map.of(), WeirConfig.Overrides.NONE);
        WeirConfig other =
                config(
                        "metrics: {labels: [project, key], max_series: 50, access: open}",
                        Map.of(),
                        WeirConfig.Overrides.NONE);

        assertThat(usual.metrics()).isEqualTo(MetricsConfig.DEFAULTS);
        assertThat(usual.metrics().open()).isFalse();
        assertThat(other.metrics())
                .isEqualTo(new MetricsConfig(List.of("project", "key"), 50, true));
    }

    @Test
    void refusesAnUnknownKey() {
        assertThatThrownBy(
                        () -> config("upstream:\n  ulr: x\n", Map.of(), WeirConfig.Overrides.NONE))
                .hasMessageContaining("unknown key 'upstream.ulr'");
    }

    private static WeirConfig config(
            String yaml, Map<String, String> environment, WeirConfig.Overrides overrides) {
        return WeirConfig.from(Settings.parse(yaml, "weir.yaml"), environment, overrides);
    }

    private static UpstreamConfig upstream(WeirConfig config) {
        return Objects.requireNonNull(config.upstream(), "an upstream is configured");
    }
}
