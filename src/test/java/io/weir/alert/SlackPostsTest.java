package io.weir.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import io.weir.alert.Notification.Kind;
import io.weir.alert.ServiceDouble.Received;
import io.weir.config.ConfigException;
import io.weir.export.Sent;
import io.weir.outbound.HttpAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SlackPostsTest {
    /** What the channel itself writes: a title in bold, and a link. */
    private static final Pattern OWN =
            Pattern.compile(
                    "^\\S+ \\*|\\*$|<?https://weir\\.example\\.com/alerts/inc-1\\?a=1&amp;b=2(\\|[^>]*>)?");

    private final Posts posts = new SlackPosts();

    @Test
    void saysItInTextAndBlocks() {
        JsonNode message = message(Notifications.of(Kind.OPENED));
        assertThat(message.path("text").asString())
                .isEqualTo(
                        """
                        🔴 *CRITICAL rule-1: 12.3 % of calls failed (model gpt-4o)*
                        More than 5 % of calls fail
                        Open since 2026-11-26 12:00 UTC
                        - 12.3 % of calls failed (model gpt-4o) (since 2026-11-26 12:00 UTC)
                        https://weir.example.com/alerts/inc-1?a=1&amp;b=2\
                        """);
        assertThat(texts(message).getLast())
                .isEqualTo(
                        "<https://weir.example.com/alerts/inc-1?a=1&amp;b=2|Look at it, and acknowledge>");
        assertThat(texts(message)).hasSize(6);
    }

    @Test
    void whatIsResolvedLooksDifferent() {
        assertThat(message(Notifications.of(Kind.RESOLVED)).path("text").asString())
                .startsWith("✅ *RESOLVED rule-1 after 14 min*\n");
    }

    @ParameterizedTest
    @MethodSource("io.weir.alert.Hostile#names")
    void aNameMentionsNobodyAndIsNoLink(String name) {
        JsonNode message = message(Notifications.named(name));
        assertThat(texts(message)).hasSize(6);
        for (String text : texts(message)) {
            String words =
                    text.lines().map(line -> OWN.matcher(line).replaceAll("")).toList().toString();
            assertThat(words.substring(1, words.length() - 1))
                    .doesNotContain("<", ">", "@", "*", "~", "`", "[", "]", "|", "#", "://")
                    .doesNotContainPattern("&(?!(amp|lt|gt);)");
        }
    }

    @ParameterizedTest
    @MethodSource("io.weir.alert.Hostile#names")
    void anythingFitsIntoAMessage(String name) {
        String body = body(Notifications.ofAlerts(2_000, name));
        Received post = new Received("/", new Headers(), body);
        assertThat(Services.slack(post).status()).isEqualTo(200);
        assertThat(Services.parsed(body).path("text").asString()).hasSizeLessThan(40_000);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_payload, true",
        "400, invalid_blocks, true",
        "413, '', true",
        "400, user_not_found, false",
        "400, S3CRET, false",
        "403, action_prohibited, false",
        "404, no_service, false",
        "404, channel_not_found, false",
        "410, channel_is_archived, false",
        "429, rate_limited, false",
        "500, rollup_error, false",
        "200, <html>S3CRET, false"
    })
    void onlyAMessageItWillNeverTakeIsRefused(int status, String said, boolean refused) {
        Sent sent = sent(status, said);
        assertThat(sent).isInstanceOf(refused ? Sent.Refused.class : Sent.Failed.class);
        assertThat(sent.toString()).contains(Integer.toString(status)).doesNotContain("S3CRET");
    }

    @Test
    void rocketChatsAnswerIsAsGood() {
        assertThat(sent(200, "{\"success\":true}")).isEqualTo(Sent.DELIVERED);
        assertThat(sent(200, "ok\n")).isEqualTo(Sent.DELIVERED);
        assertThat(sent(200, "{\"success\":false}")).isInstanceOf(Sent.Failed.class);
    }

    @Test
    void theUrlIsASecret() {
        assertThatThrownBy(() ->
                        Channels.open(
                                "kind: slack\nurl: https://hooks.slack.com/S3CRET\n", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("env:NAME")
                .hasMessageNotContaining("S3CRET");
        assertThatThrownBy(() ->
                        Channels.open(
                                "kind: slack\nurl: env:U\n",
                                Map.of("U", "http://example.com/S3CRET")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("https://")
                .hasMessageNotContaining("S3CRET");
    }

    private Sent sent(int status, String said) {
        return posts.sent(new HttpAnswer(status, said.getBytes(UTF_8), Optional.empty()));
    }

    private String body(Notification notification) {
        return new String(posts.post(notification, "/").orElseThrow().body(), UTF_8);
    }

    private JsonNode message(Notification notification) {
        return Services.parsed(body(notification));
    }

    /** All that is shown: the text, and each block's. */
    private static List<String> texts(JsonNode message) {
        List<String> texts = new ArrayList<>(List.of(message.path("text").asString()));
        message.path("blocks")
                .forEach(block -> texts.add(block.path("text").path("text").asString()));
        return texts;
    }
}
