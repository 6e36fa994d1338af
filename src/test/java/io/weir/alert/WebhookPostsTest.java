package io.weir.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import io.weir.export.Sent;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpPost;
import io.weir.wire.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WebhookPostsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000L);

    private final Posts posts = new WebhookPosts(new Secret(Services.SECRET), () -> NOW);

    @ParameterizedTest
    @MethodSource("io.weir.alert.Hostile#names")
    void aNameIsDataWhateverIsInIt(String name) {
        HttpPost post = posts.post(Notifications.named(name), "/in").orElseThrow();
        JsonNode json = Services.parsed(new String(post.body(), UTF_8));
        String model =
                json.path("incident").path("alerts").path(0).path("group").path("model").asString();
        if (name.length() > 1_000) {
            assertThat(model).hasSize(1_000).endsWith("…");
        } else {
            assertThat(model).isEqualTo(name.replace('\ud800', '?'));
        }
        assertThat(json.propertyNames()).containsExactly("id", "kind", "at", "link", "incident");
    }

    @Test
    void alertsBeyondAHundredAreCounted() {
        HttpPost post =
                posts.post(Notifications.ofAlerts(5_000, "x".repeat(5_000)), "/in").orElseThrow();
        JsonNode incident = Services.parsed(new String(post.body(), UTF_8)).path("incident");
        assertThat(incident.path("alerts").size()).isEqualTo(100);
        assertThat(incident.path("alerts_left_out").asInt()).isEqualTo(4_900);
        assertThat(post.body()).hasSizeLessThan(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void whatItWillNeverTakeIsRefused(int status) {
        HttpAnswer answer = new HttpAnswer(status, new byte[0], Optional.empty());
        assertThat(posts.sent(answer)).isInstanceOf(Sent.Refused.class);
    }

    @Test
    void itDoesNotStartWithoutASecretOrWithCompression() {
        String url = "kind: webhook\nurl: https://example.com/S3CRET\n";
        assertThatThrownBy(() -> Channels.open(url, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("alerts.channels.it.secret");
        assertThatThrownBy(() -> Channels.open(url + "secret: env:S\n", Map.of("S", " ")))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("S3CRET");
        assertThatThrownBy(
                        () -> Channels.open(url + "secret: env:S\ngzip: true\n", Map.of("S", "s")))
                .hasMessageContaining("gzip");
        assertThatThrownBy(() -> Channels.open(url + "secret: plain\n", Map.of()))
                .hasMessageContaining("env:NAME")
                .hasMessageNotContaining("plain");
    }
}
