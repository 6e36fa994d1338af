package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.alert.Notification.Kind;
import io.weir.alert.ServiceDouble.Answer;
import io.weir.alert.ServiceDouble.Received;
import io.weir.config.ConfigException;
import io.weir.export.Sent;
import io.weir.outbound.LoopbackServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class TemplatePostsTest {
    private final ServiceDouble service = new ServiceDouble(post -> new Answer(200, ""));
    private final LoopbackServer server = LoopbackServer.plain(service);
    private final String base = server.settings("", false).url().toString();

    TemplatePostsTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void valuesTakeThePlacesOfNamesInStrings() throws InterruptedException {
        Received post =
                told(
                        """
                        url: BASE/v2/{{incident.id}}?at={{opened_at}}
                        body:
                          camelCase: "{{severity}} {{ kind }}: {{rule}}"
                          Nested: [{"text": "{{title}}", number: 1, yes: true, none: null}]
                          "{{rule}}": "{{ended_at}}|{{acknowledged_by}}|{{ not one"
                        """,
                        Notifications.of(Kind.OPENED));
        assertThat(post.path()).isEqualTo("/v2/inc-1?at=2026-11-26T12%3A00%3A00Z");
        assertThat(post.fields().getFirst("content-type")).isEqualTo("application/json");
        assertThat(post.body())
                .isEqualTo(
                        "{\"camelCase\":\"critical opened: rule-1\",\"Nested\":[{\"text\":\"CRITICAL rule-1: 12.3 % of calls failed (model gpt-4o)\",\"number\":1,\"yes\":true,\"none\":null}],\"{{rule}}\":\"||{{ not one\"}");
    }

    @Test
    void aBodyMayBeATextOfJsonOrAForm() throws InterruptedException {
        assertThat(
                        told(
                                        "url: BASE/\nbody: '{\"a\": \"{{rule}}\"}'\n",
                                        Notifications.of(Kind.OPENED))
                                .body())
                .isEqualTo("{\"a\":\"rule-1\"}");
        Received post =
                told(
                        "url: BASE/\nform: {token: x, Message: '{{title}}'}\n",
                        Notifications.of(Kind.RESOLVED));
        assertThat(post.fields().getFirst("content-type"))
                .isEqualTo("application/x-www-form-urlencoded");
        assertThat(post.body()).isEqualTo("token=x&Message=RESOLVED+rule-1+after+14+min");
    }

    @ParameterizedTest
    @MethodSource("io.weir.alert.Hostile#names")
    void aNameIsTextAndNothingElse(String name) throws InterruptedException {
        String yaml =
                "url: BASE/in/{{alerts}}/x?a={{alerts}}\nbody: {a: '{{alerts}}', b: c}\nexact: EXACT\n";
        Received post = told(yaml.replace("EXACT", "true"), Notifications.named(name));
        JsonNode body = Services.parsed(post.body());
        assertThat(body.propertyNames()).containsExactly("a", "b");
        assertThat(body.path("a").asString())
                .isEqualTo(
                        NotificationText.alerts(Notifications.named(name).incident()).getFirst());
        assertThat(post.path()).matches("/in/[A-Za-z0-9.*_%-]+/x\\?a=[A-Za-z0-9.*_%-]+");
        Received defused = told(yaml.replace("EXACT", "false"), Notifications.named(name));
        assertThat(Services.parsed(defused.body()).path("a").asString())
                .doesNotContain("@", "<", ">", "[", "]", "*", "`", "://", "evil.example");
    }

    @Test
    void namesInAFormStayWithinTheirField() throws InterruptedException {
        Received post =
                told(
                        "url: BASE/\nform: {a: '{{alerts}}'}\nexact: true\n",
                        Notifications.named("x&b=c=d+%41"));
        assertThat(post.body()).startsWith("a=").doesNotContain("&");
        assertThat(URLDecoder.decode(post.body(), StandardCharsets.UTF_8)).contains("x&b=c=d+%41");
    }

    @Test
    void whatIsOverMayGoToAnotherAddress() throws InterruptedException {
        String yaml =
                """
                url: BASE/alerts
                body: {alias: "{{incident.id}}"}
                resolved:
                  url: BASE/alerts/{{incident.id}}/close?identifierType=alias
                  body: {note: "{{title}}"}
                """;
        Received open = told(yaml, Notifications.of(Kind.GROWN));
        assertThat(open.path()).isEqualTo("/alerts");
        Received closed = told(yaml, Notifications.of(Kind.RESOLVED));
        assertThat(closed.path()).isEqualTo("/alerts/inc-1/close?identifierType=alias");
        assertThat(closed.body()).isEqualTo("{\"note\":\"RESOLVED rule-1 after 14 min\"}");
    }

    @Test
    void itIsToldOfTheKindsItIsOnForAndOfTests() throws IOException, InterruptedException {
        String rest = "/\nbody: {a: '{{kind}}'}\non: [opened, resolved]\n";
        try (Channel channel = open("kind: template\nurl: " + base + rest)) {
            for (Kind kind : Kind.values()) {
                assertThat(channel.tell(Notifications.of(kind))).isEqualTo(Sent.DELIVERED);
            }
        }
        assertThat(service.bodies())
                .containsExactly("{\"a\":\"opened\"}", "{\"a\":\"resolved\"}", "{\"a\":\"test\"}");
    }

    @Test
    void headersAreSentWithTheirSecrets() throws InterruptedException {
        Received post =
                told(
                        "url: BASE/\nbody: {}\nheaders: {Authorization: 'GenieKey env:TOKEN', X-Plain: a b, content-type: application/problem+json}\n",
                        Notifications.of(Kind.OPENED));
        assertThat(post.fields().getFirst("authorization")).isEqualTo("GenieKey t0ken");
        assertThat(post.fields().getFirst("x-plain")).isEqualTo("a b");
        assertThat(post.fields().get("content-type")).containsExactly("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "body: {a: '{{user}}'}; there is no {{user}}: there are acknowledged_by, alerts, at, ended_at, id, incident.id, kind, link, opened_at, rule, severity, summary, text, title",
                "body: {a: '{{ rule | upper }}'}; there is no {{rule | upper}}",
                "body: '{\"a\": {{rule}}}'; within strings",
                "body: text; no JSON",
                "body: '\"text\"'; no JSON object",
                "form: [a]; no map",
                "form: {a: {b: c}}; no map",
                "form: {a: '{{b}}'}; there is no {{b}}",
                "on: [opened]; give url, and body",
                "{body: {a: b}, form: {a: b}}; give one of them",
                "{body: {a: b}, on: [begun]}; opened, grown, reminder, escalated, resolved",
                "{body: {a: b}, headers: {authorization: Bearer S3CRET}}; give a reference",
                "{body: {a: b}, headers: {x-api-key: S3CRET}}; give a reference",
                "{body: {a: b}, headers: {host: x}}; cannot be given",
                "{body: {a: b}, headers: {'a b': x}}; cannot be given",
                "{body: {a: b}, headers: {title: '{{rule}}'}}; no {{",
                "{body: {a: b}, headers: {title: \"a\\r\\nb: c\"}}; plain characters",
                "{body: {a: b}, headers: {title: ü}}; plain characters",
                "{body: {a: b}, resolved: {url: 'https://other.example/'}}; another server",
                "{body: {a: b}, resolved: {url: 'https://example.com/#S3CRET'}}; no #",
                "{body: {a: b}, resolved: {url: 'https://example.com/ S3CRET'}}; url is none",
                "{body: {a: b}, resolved: {body: {a: '{{b}}'}}}; there is no {{b}}",
                "{body: {a: b}, unknown: c}; unknown key"
            })
    void whatCannotBeUsedIsRefusedAtTheStart(String yaml, String why) {
        String rest = yaml.startsWith("{") ? yaml.substring(1, yaml.length() - 1) : yaml;
        assertThatThrownBy(() ->
                        Channels.plan(
                                "{name: it, kind: template, url: 'https://example.com/', %s}"
                                        .formatted(rest),
                                Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("S3CRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://{{rule}}.example.com/S3CRET",
                "https://example.com:{{rule}}/S3CRET",
                "https://example.com{{rule}}/S3CRET",
                "{{link}}",
                "example.com/S3CRET",
                "http://example.com/S3CRET",
                "https://user:S3CRET@example.com/",
                "https://example.com/S3CRET#a",
                "https://example.com/S3CRET {{rule}}",
                "https://example.com/S3CRET/{{password}}"
            })
    void aUrlThatCannotBeUsedIsRefusedAndNotShown(String url) {
        assertThatThrownBy(() ->
                        Channels.open(
                                "kind: template\nurl: env:URL\nbody: {a: b}\n",
                                Map.of("URL", url.replace(" ", "\u007f"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("S3CRET");
    }

    private Received told(String yaml, Notification notification) throws InterruptedException {
        int before = service.received().size();
        try (Channel channel = open("kind: template\n" + yaml.replace("BASE", base))) {
            assertThat(channel.tell(notification)).isEqualTo(Sent.DELIVERED);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        List<Received> all = new ArrayList<>(service.received());
        assertThat(all).hasSize(before + 1);
        return all.getLast();
    }

    private static Channel open(String yaml) {
        return Channels.open(yaml + "allow: [127.0.0.1]\n", new HashMap<>(Services.ENVIRONMENT));
    }
}
