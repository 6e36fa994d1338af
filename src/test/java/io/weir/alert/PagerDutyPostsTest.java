package io.weir.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import io.weir.alert.Notification.Kind;
import io.weir.alert.ServiceDouble.Answer;
import io.weir.alert.ServiceDouble.Received;
import io.weir.config.ConfigException;
import io.weir.export.Sent;
import io.weir.outbound.HttpAnswer;
import io.weir.wire.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class PagerDutyPostsTest {
    private final Posts posts = new PagerDutyPosts(new Secret(Services.ROUTING_KEY), "weir");

    @ParameterizedTest
    @EnumSource
    void eachKindIsAnEventOfTheIncident(Kind kind) {
        JsonNode event = Services.parsed(body(Notifications.of(kind)));
        assertThat(event.path("dedup_key").asString()).isEqualTo("inc-1");
        assertThat(event.path("event_action").asString())
                .isEqualTo(kind == Kind.RESOLVED ? "resolve" : "trigger");
        assertThat(event.has("payload")).isEqualTo(kind != Kind.RESOLVED);
    }

    @Test
    void whatSomebodyLooksAfterIsAcknowledged() {
        JsonNode event = Services.parsed(body(Notifications.acknowledged(Kind.REMINDER)));
        assertThat(event.path("event_action").asString()).isEqualTo("acknowledge");
        event = Services.parsed(body(Notifications.acknowledged(Kind.RESOLVED)));
        assertThat(event.path("event_action").asString()).isEqualTo("resolve");
    }

    @Test
    void saysWhatIsTheMatter() {
        JsonNode event = Services.parsed(body(Notifications.of(Kind.OPENED)));
        JsonNode payload = event.path("payload");
        assertThat(payload.path("summary").asString())
                .isEqualTo("CRITICAL rule-1: 12.3 % of calls failed (model gpt-4o)");
        assertThat(payload.path("severity").asString()).isEqualTo("critical");
        assertThat(payload.path("source").asString()).isEqualTo("weir");
        assertThat(payload.path("timestamp").asString()).isEqualTo("2026-11-26T12:14:10Z");
        assertThat(payload.path("custom_details").path("alerts").size()).isEqualTo(1);
        assertThat(event.path("links").path(0).path("href").asString())
                .isEqualTo(Notifications.of(Kind.OPENED).link());
    }

    @ParameterizedTest
    @MethodSource("io.weir.alert.Hostile#names")
    void anythingFitsIntoAnEvent(String name) {
        String body = body(Notifications.ofAlerts(2_000, name));
        Answer answer = Services.pagerDuty(new Received("/v2/enqueue", new Headers(), body));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(Services.parsed(body).propertyNames())
                .containsExactly(
                        "routing_key",
                        "event_action",
                        "dedup_key",
                        "client",
                        "payload",
                        "client_url",
                        "links");
    }

    @ParameterizedTest
    @CsvSource({
        "400, \"'payload.summary' is missing or blank\", true",
        "400, Invalid routing key, false",
        "400, Length of 'routing_key' is incorrect (should be 32 characters), false",
        "413, '', true",
        "429, '', false",
        "500, '', false",
        "200, '', false"
    })
    void onlyAnEventItWillNeverTakeIsRefused(int status, String error, boolean refused) {
        String said = "{\"errors\":[\"%s\"]}".formatted(error.replace("\"", ""));
        Sent sent = posts.sent(new HttpAnswer(status, said.getBytes(UTF_8), Optional.empty()));
        assertThat(sent).isInstanceOf(refused ? Sent.Refused.class : Sent.Failed.class);
        assertThat(sent.toString()).contains(Integer.toString(status));
    }

    @Test
    void aKeyOfAnotherFormIsRefusedAtTheStart() {
        assertThatThrownBy(() ->
                        Channels.open(
                                "kind: pagerduty\nrouting_key: env:K\n", Map.of("K", "S3CRET")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Events API V2")
                .hasMessageNotContaining("S3CRET");
        assertThat(posts.toString()).doesNotContain(Services.ROUTING_KEY);
    }

    private String body(Notification notification) {
        return new String(posts.post(notification, "/").orElseThrow().body(), UTF_8);
    }
}
