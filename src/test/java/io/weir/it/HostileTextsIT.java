package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.ChatCalls.Chat;
import io.weir.wire.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hostile texts wherever a caller or a provider can put one (model, prompt, answer, user, agent,
 * error) stay texts on every page.
 */
@NeedsChromium
class HostileTextsIT {
    private static final int MOST_LINKS = 120;

    /** What has run, and what a page of Weir's never has in it. */
    private static final String HARM =
            """
            () => [
              ...('__xss' in window ? ['ran'] : []),
              ...[...document.querySelectorAll(
                  'main script, main style, main img, iframe, object, embed, base, meta[http-equiv], math, video, [autofocus], '
                  + 'a[href^="javascript:" i], form[action^="javascript:" i], [hx-get^="http"], [data-hx-get]')]
                .map((each) => each.outerHTML.slice(0, 120)),
              ...[...document.querySelectorAll('*')]
                .filter((each) => each.getAttributeNames().some((name) => /^(on|hx-on)/.test(name)))
                .map((each) => each.outerHTML.slice(0, 120)),
            ]
            """;

    /** All calls of the test are within the window, and what fires goes on firing. */
    private static final String CONFIG =
            """
            capture: {level: full}
            alerts:
              rules:
                - {name: any, metric: calls, above: 0, window: 30m, by: [model], resolve_after: 1h}
            """;

    private static final String SHOWN =
            "() => document.title + document.body.textContent"
                    + " + [...document.querySelectorAll('input, textarea')].map((each) => each.value).join(' ')";

    @TempDir private Path directory;

    @Test
    void areShownAsTheyAreAndDoNothing() throws IOException, InterruptedException {
        try (ScriptedUpstream upstream = new ScriptedUpstream().does(HostileTextsIT::echo);
                RunningWeir weir =
                        RunningWeir.in(directory.resolve("data"))
                                .config(CONFIG)
                                .variable("OPENAI_API_KEY", "sk-upstream")
                                .upstream(upstream.url())
                                .start()) {
            call(weir);
            awaitAlerts(weir);
            try (Chromium chromium = Chromium.launch();
                    Visitor visitor =
                            new Visitor(chromium, weir.origin(), Chromium.Look.LIGHT.options())) {
                visitor.logIn(weir.adminKey());
                visitPagesOfEach(visitor);
                visitWhereLinksLead(visitor);
            }
        }
    }

    /** A rule fires for each model. */
    private static void awaitAlerts(RunningWeir weir) {
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        weir.admin("/alerts").toString().split("\"since\"").length
                                > HostileTexts.all().size());
    }

    private static void call(RunningWeir weir) throws IOException {
        ChatCalls calls = new ChatCalls(weir.origin());
        for (String text : HostileTexts.all()) {
            calls.ask(weir.appKey(), new Chat(text, text, false, text, text));
            calls.ask(weir.appKey(), new Chat(text, "fail " + text, false, text, text));
        }
        new StoredCalls(weir).atLeast("", 2 * HostileTexts.all().size());
    }

    /** The overview of one model's calls names it among its filters and in its tables. */
    private static void visitPagesOfEach(Visitor visitor) {
        SoftAssertions all = new SoftAssertions();
        for (String text : HostileTexts.all()) {
            visitor.open("/?model=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
            all.assertThat(plain(visitor.tab().evaluate(SHOWN))).contains(plain(text));
            all.assertThat(visitor.tab().evaluate(HARM)).as(text).isEqualTo(List.of());
            all.assertThat(visitor.troubles()).as(text).isEmpty();
        }
        all.assertAll();
    }

    private static void visitWhereLinksLead(Visitor visitor) {
        SoftAssertions all = new SoftAssertions();
        Set<String> hostile = new LinkedHashSet<>();
        List<String> pages = DashboardPages.all(visitor);
        for (String page : pages) {
            judge(visitor, page, all);
            DashboardPages.links(visitor.tab()).stream()
                    .filter(HostileTextsIT::carriesOne)
                    .forEach(hostile::add);
        }
        hostile.removeAll(pages);
        assertThat(hostile).isNotEmpty();
        hostile.stream().limit(MOST_LINKS).forEach(link -> judge(visitor, link, all));
        all.assertAll();
    }

    private static void judge(Visitor visitor, String page, SoftAssertions all) {
        all.assertThat(visitor.open(page).status()).as(page).isEqualTo(200);
        all.assertThat(visitor.tab().evaluate(HARM)).as(page).isEqualTo(List.of());
        all.assertThat(visitor.troubles()).as(page).isEmpty();
    }

    /** Whether a link is to one call or has one of the texts in it. */
    private static boolean carriesOne(String link) {
        String plain = plain(URLDecoder.decode(link, StandardCharsets.UTF_8));
        return DashboardPages.isOfOne(link)
                || HostileTexts.all().stream().anyMatch(text -> plain.contains(plain(text)));
    }

    /** White space as a page shows it. */
    private static String plain(Object text) {
        return text.toString().replaceAll("[\\s\\u2028\\u2029]+", " ").strip();
    }

    /** Answers with the prompt; a prompt that begins so is refused with the rest of it. */
    private static void echo(ScriptedUpstream.Peer peer) throws IOException {
        while (true) {
            JsonNode asked = Json.MAPPER.readTree(peer.request().body());
            String prompt = asked.path("messages").path(0).path("content").asString();
            boolean fails = prompt.startsWith("fail ");
            String body =
                    ChatCalls.ascii(fails ? error(prompt.substring(5)) : answer(asked, prompt));
            String whole = ScriptedUpstream.json(body);
            peer.wire().say(fails ? whole.replaceFirst("200 OK", "400 Bad Request") : whole);
        }
    }

    private static ObjectNode error(String text) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.putObject("error").put("message", text).put("type", text).put("code", text);
        return json;
    }

    private static ObjectNode answer(JsonNode asked, String text) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", text).put("object", "chat.completion").put("created", 1);
        json.put("model", asked.path("model").asString()).put("system_fingerprint", text);
        ObjectNode choice = json.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", text);
        choice.putObject("message").put("role", "assistant").put("content", text);
        json.putObject("usage")
                .put("prompt_tokens", 9)
                .put("completion_tokens", 9)
                .put("total_tokens", 18);
        return json;
    }
}
