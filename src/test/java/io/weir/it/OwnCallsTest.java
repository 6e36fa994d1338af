package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The playground of a whole gateway: what it sends is a call like any other. */
class OwnCallsTest {
    private static final Pattern CALL = Pattern.compile("/calls/([0-9a-f-]{36})");
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    @Test
    void whatItSendsIsRecordedAndPriced(@TempDir Path data) throws IOException {
        try (LiveGateway gateway = LiveGateway.start(data, null, "capture:\n  level: full\n")) {
            String cookie = login(gateway);
            String token = first(TOKEN, get(gateway, "/playground", cookie).body());

            Message answer =
                    post(
                            gateway,
                            "/playground",
                            cookie,
                            "csrf=%s&do=send&models=gpt-4o-mini&role-0=user&text-0=Hello&max_tokens=5&n=1"
                                    .formatted(token));

            String id = first(CALL, answer.body());
            JsonNode record = gateway.call(id);
            assertThat(record.path("key_name").asString()).isEqualTo("app");
            assertThat(record.path("user_agent").asString()).isEqualTo("weir-playground");
            assertThat(record.path("cost_nano_usd").asLong()).isPositive();
            assertThat(get(gateway, "/calls/" + id, cookie).body()).contains("Hello");
        }
    }

    private static String login(LiveGateway gateway) throws IOException {
        String key = gateway.adminAuth().strip().replace("authorization: Bearer ", "");
        String set = post(gateway, "/login", "", "password=" + key).field("set-cookie");
        return set.substring(0, set.indexOf(';'));
    }

    private static Message get(LiveGateway gateway, String path, String cookie) throws IOException {
        return gateway.ask(
                "GET %s HTTP/1.1\r\nhost: weir\r\ncookie: %s\r\n\r\n".formatted(path, cookie));
    }

    private static Message post(LiveGateway gateway, String path, String cookie, String form)
            throws IOException {
        return gateway.ask(
                "POST %s HTTP/1.1\r\nhost: weir\r\ncookie: %s\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: %d\r\n\r\n%s"
                        .formatted(path, cookie, form.length(), form));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
