package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecords;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RepeatTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ORIGIN = "http://weir.test";
    private static final String BODY =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"it's\"}]}";

    @Test
    void aKeptRequestIsSentAsItWas() {
        Repeat repeat = Repeat.of(CallRecords.at(NOW, 1).content(BODY, "{}").build(), ORIGIN);

        assertThat(repeat.exact()).isTrue();
        assertThat(code(repeat, "curl"))
                .isEqualTo(
                        """
                        curl -sS 'http://weir.test/v1/chat/completions' \\
                          -H "authorization: Bearer $APP_KEY" -H 'content-type: application/json' \\
                          --data-raw '%s'\
                        """
                                .formatted(BODY.replace("'", "'\\''")));
        assertThat(code(repeat, "python"))
                .contains(
                        "base_url=\"http://weir.test/v1\", api_key=os.environ[\"APP_KEY\"]",
                        "client.post(\"/chat/completions\", cast_to=httpx.Response, body={",
                        "\"stream\": True,");
        assertThat(code(repeat, "node"))
                .contains("client.post(\"/chat/completions\", { body: {", "\"it's\"");
        assertThat(code(repeat, "java"))
                .contains(
                        "URI.create(\"http://weir.test/v1/chat/completions\")",
                        "ofString(\"{\\\"model\\\":");
    }

    @Test
    void withoutContentItSaysWhereOnesOwnGoes() {
        Repeat repeat = Repeat.of(CallRecords.at(NOW, 1).stream(90).build(), ORIGIN);

        assertThat(repeat.exact()).isFalse();
        assertThat(code(repeat, "curl"))
                .contains(
                        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"…\"}],\"stream\":true}");
    }

    @Test
    void aRequestThatWasCutIsNotTakenForTheWhole() {
        Repeat repeat =
                Repeat.of(
                        CallRecords.at(NOW, 1).content(BODY.substring(0, 40), "{}").build(),
                        ORIGIN);

        assertThat(repeat.exact()).isFalse();
        assertThat(code(repeat, "curl")).contains("\"content\":\"…\"");
    }

    @Test
    void noSnippetShowsAKey() {
        Repeat repeat = Repeat.of(CallRecords.at(NOW, 1).content(BODY, "{}").build(), ORIGIN);
        assertThat(repeat.snippets())
                .hasSize(4)
                .allSatisfy(each -> assertThat(each.code()).contains("APP_KEY"));
    }

    private static String code(Repeat repeat, String id) {
        return repeat.snippets().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow()
                .code();
    }
}
