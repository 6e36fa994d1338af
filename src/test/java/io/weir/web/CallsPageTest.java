package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecordJson;
import io.weir.call.CallRecords;
import io.weir.it.Message;
import io.weir.it.Wire;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.web.LiveDashboard.Browser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of calls, and a call's own page. */
class CallsPageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Pattern CALL = Pattern.compile("href=\"/calls/([0-9a-f-]{36})\"");

    private final List<CallRecord> calls = new ArrayList<>();
    private CallStore store;
    private LiveDashboard dashboard;
    private Browser admin;

    @SuppressWarnings("NullAway.Init")
    CallsPageTest() {}

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        for (int i = 0; i < 25; i++) {
            CallRecords call = CallRecords.at(NOW.minusSeconds(60L * (25 - i)), i);
            if (i % 5 == 0) {
                call.outcome("upstream_failed", 429).error("rate_limit", null, "Too much");
            }
            calls.add(
                    call.content("{\"messages\":[]}", "{\"said\":\"Number " + i + ".\"}").build());
        }
        store = Stores.open(directory);
        store.append(calls, 100);
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
        admin = dashboard.admin();
    }

    @AfterEach
    void stop() {
        dashboard.close();
        store.close();
    }

    @Test
    void everyCallIsOnOnePageOfTheListNewestFirst() throws IOException {
        List<String> listed = new ArrayList<>();
        String path = "/calls?limit=10";
        while (!path.isEmpty()) {
            String body = body(path);
            listed.addAll(listed(body));
            path = link(body, "next");
        }
        assertThat(listed)
                .isEqualTo(calls.reversed().stream().map(call -> call.id().toString()).toList());
    }

    @Test
    void thePageBeforeIsTheOneOneCameFrom() throws IOException {
        String first = body("/calls?limit=10");
        String second = body(link(first, "next"));
        String third = body(link(second, "next"));

        assertThat(listed(body(link(third, "prev")))).isEqualTo(listed(second));
        assertThat(listed(body(link(second, "prev")))).isEqualTo(listed(first));
        assertThat(link(first, "prev")).isEmpty();
    }

    @Test
    void aFilterIsKeptFromPageToPageAndInTheFile() throws IOException {
        String body = body("/calls?limit=3&failed=true&columns=errors");
        assertThat(listed(body)).hasSize(3);
        assertThat(body).contains("Too much");
        assertThat(listed(body(link(body, "next")))).hasSize(2);
        assertThat(body("/calls?failed=true&format=csv"))
                .startsWith("id,received_at,endpoint,")
                .hasLineCount(6);
    }

    @Test
    void textIsFoundAsItIsWritten() throws IOException {
        assertThat(listed(body("/calls?text=number+7."))).containsExactly(id(7));
        assertThat(listed(body("/calls?text=number+_."))).isEmpty();
        assertThat(body("/calls?text=%25")).contains("No calls match “%”");
    }

    @Test
    void aSearchReadsNoMoreThanAWeek() throws IOException {
        assertThat(body("/calls?last=30d&text=number")).contains("Searched in the last 7 days");
        assertThat(body("/calls?last=24h&text=number")).contains("Searched in all of that time");
    }

    @Test
    void aLimitThatIsNoNumberIsRefused() throws IOException {
        assertThat(dashboard.get("/calls?limit=many", admin).status()).isEqualTo(400);
        assertThat(dashboard.get("/calls?after=nonsense", admin).status()).isEqualTo(400);
    }

    @Test
    void liveCallsComeAsTheyEndAndOnlyThoseThatAreMeant() throws IOException {
        CallRecord other = CallRecords.at(NOW, 100).model("gpt-4o", null).build();
        CallRecord meant = CallRecords.at(NOW, 101).model("<b>", null).build();
        try (Wire wire = dashboard.open("/calls?model=%3Cb%3E&format=events", admin)) {
            assertThat(wire.head()).contains("text/event-stream").contains("no-store");
            dashboard.live().accept(other);
            dashboard.live().accept(meant);

            String event = nextEvent(wire);
            assertThat(event)
                    .contains("\"href\":\"/calls/" + meant.id() + "\"")
                    .contains("\"text\":\"<b>\"");
        }
    }

    @Test
    void nobodyFollowsCallsAfterLoggingOut() throws IOException {
        try (Wire wire = dashboard.open("/calls?format=events", admin)) {
            String head = wire.head();
            dashboard.post("/logout", admin, "csrf=" + admin.csrf());
            dashboard.live().accept(CallRecords.at(NOW, 100).build());

            assertThat(wire.body(head)).doesNotContain("href");
        }
    }

    @Test
    void aCallsPageSaysWhatWasSaidAndWhatToDo() throws IOException {
        String body = body("/calls/" + id(5));
        assertThat(body)
                .contains("rate_limit", "Too much", "s rate limit: let clients back off")
                .contains("Number 5.", "curl -sS", "/playground?from=" + id(5))
                .contains("rel=\"prev\"", "rel=\"next\"");
        assertThat(link(body, "prev")).isEqualTo("/calls/" + id(6));
        assertThat(link(body, "next")).isEqualTo("/calls/" + id(4));
    }

    @Test
    void theNavigationCountsACallAmongTheCalls() throws IOException {
        String current = "<a href=\"/calls?last=24h\" aria-current=\"page\">";

        assertThat(body("/calls/" + id(5))).containsOnlyOnce(current);
        assertThat(body("/calls")).containsOnlyOnce(current);
        assertThat(body("/health")).doesNotContain(current);
    }

    @Test
    void aCallCanBeHadAsJson() throws IOException {
        Message file = dashboard.get("/calls/" + id(5) + "?format=json", admin);
        assertThat(file.field("content-disposition")).contains("call-" + id(5) + ".json");
        assertThat(CallRecordJson.read(file.body().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(calls.get(5));
    }

    @Test
    void aStreamWhosePaceWasKeptCanBePlayed() throws IOException {
        String event = "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n\n";
        CallRecord paced =
                CallRecords.at(NOW, 100).stream(90)
                        .content("{}", event, "90000+" + event.length())
                        .build();
        CallRecord plain = CallRecords.at(NOW, 101).stream(90).content("{}", event).build();
        store.append(List.of(paced, plain), 200);

        assertThat(body("/calls/" + paced.id()))
                .contains("data-pace=\"90+5\">Hello<", "data-replay hidden");
        assertThat(body("/calls/" + plain.id()))
                .contains(">Hello<", "When each event came is kept where content is.")
                .doesNotContain("data-replay");
    }

    @Test
    void whoMayOnlyLookIsNotOfferedToSend() throws IOException {
        dashboard.submit(admin, "/users/add", "name=eve&role=viewer&password=correct-horse-9");
        Browser viewer = dashboard.login("eve", "correct-horse-9");

        assertThat(dashboard.get("/calls/" + id(5), viewer).body()).doesNotContain("/playground");
        assertThat(dashboard.get("/playground", viewer).status()).isNotEqualTo(200);
    }

    private String id(int number) {
        return calls.get(number).id().toString();
    }

    private String body(String path) throws IOException {
        Message page = dashboard.get(path, admin);
        assertThat(page.status()).as("%s: %s", path, page).isEqualTo(200);
        return page.body();
    }

    private static List<String> listed(String body) {
        return CALL.matcher(body).results().map(found -> found.group(1)).toList();
    }

    /** Where a link of that relation leads; empty where there is none. */
    private static String link(String body, String relation) {
        Matcher link = Pattern.compile("href=\"([^\"]*)\" rel=\"" + relation + "\"").matcher(body);
        return link.find() ? link.group(1).replace("&amp;", "&") : "";
    }

    private static String nextEvent(Wire wire) throws IOException {
        String chunk = wire.chunk();
        while (chunk.startsWith(":")) {
            chunk = wire.chunk();
        }
        return chunk;
    }
}
