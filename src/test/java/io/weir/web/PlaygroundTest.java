package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.http.Query;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.web.LiveDashboard.Browser;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The playground: a draft, what it will cost, and what comes back. */
class PlaygroundTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String DRAFT =
            "&models=gpt-4o%2C+gpt-4o-mini&system=&role-0=user&text-0=Hello+%3Cb%3E&temperature=0.5&max_tokens=100&n=2";

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private CallStore store;
    private LiveDashboard dashboard;
    private Browser admin;

    @SuppressWarnings("NullAway.Init")
    PlaygroundTest() {}

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        dashboard = LiveDashboard.start(store, directory, () -> NOW, this::answer);
        admin = dashboard.admin();
    }

    @AfterEach
    void stop() {
        dashboard.close();
        store.close();
    }

    /** The gateway, as far as it matters here: it records a call, then answers it. */
    private OwnCalls.Answered answer(String path, String json) throws IOException {
        sent.add(path + " " + json);
        String model = Json.MAPPER.readTree(json).path("model").asString();
        if (model.equals("unreachable")) {
            throw new IOException("refused");
        }
        CallRecord call = CallRecords.at(NOW, model.length()).model(model, model).build();
        dashboard.live().accept(call);
        return new OwnCalls.Answered(
                200,
                call.id().toString(),
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"I am %s\"}}]}"
                        .formatted(model));
    }

    @Test
    void asksEachModelAndShowsTheAnswersWithTheirFigures() throws IOException {
        String body = post("do=send" + DRAFT);

        assertThat(body)
                .containsSubsequence("I am gpt-4o<", "I am gpt-4o-mini<")
                .contains("10 in, 5 out", "$0.000002", "Hello &lt;b&gt;")
                .contains("href=\"/calls/" + CallRecords.id(NOW, "gpt-4o".length()) + "\"");
        assertThat(sent)
                .contains(
                        "/v1/chat/completions {\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello <b>\"}],\"temperature\":0.5,\"max_completion_tokens\":100,\"n\":2}");
    }

    @Test
    void whatItWillCostIsSaidBeforeAnythingIsSent() throws IOException {
        String body = post("do=estimate" + DRAFT.replace("gpt-4o-mini", "made-up"));

        assertThat(body)
                .contains("gpt-4o: about ", " tokens in, at most 200 out: at most $0.002")
                .contains("made-up: about ", "at most 200 out; no price of it is known");
        assertThat(post("do=estimate" + DRAFT.replace("max_tokens=100", "max_tokens=")))
                .contains("nothing bounds the answer, each 1,000 tokens of it cost $0.01<");
        assertThat(sent).isEmpty();
    }

    @Test
    void aDraftThatMakesNoSenseIsNotSentAndNotLost() throws IOException {
        String body = post("do=send" + DRAFT.replace("temperature=0.5", "temperature=hot"));

        assertThat(body)
                .contains("Not to be sent: temperature is", "Hello &lt;b&gt;", "value=\"hot\"");
        assertThat(post("do=send&models=gpt-4o&role-0=user&text-0=+&n=1"))
                .contains("there is no message to send");
        assertThat(post("do=send" + DRAFT.replace("gpt-4o%2C+gpt-4o-mini", "a,b,c,d,e")))
                .contains("models names 5, and has to name 1 to 4");
        assertThat(sent).isEmpty();
    }

    @Test
    void aGatewayThatDoesNotAnswerItselfIsSaidSo() throws IOException {
        assertThat(post("do=send" + DRAFT.replace("gpt-4o-mini", "unreachable")))
                .contains("I am gpt-4o<", "Weir did not answer itself: refused");
    }

    @Test
    void nothingIsSentWithoutTheSessionsToken() throws IOException {
        assertThat(dashboard.post("/playground", admin, "csrf=wrong&do=send" + DRAFT).status())
                .isEqualTo(403);
        assertThat(sent).isEmpty();
    }

    @Test
    void aCallThatWasKeptFillsTheForm() throws IOException {
        CallRecord kept =
                CallRecords.at(NOW.minusSeconds(60), 1)
                        .content(
                                """
                                {"model":"gpt-4o","seed":1,"stream":true,"max_tokens":7,"messages":[
                                 {"role":"developer","content":"Be brief."},
                                 {"role":"user","content":"A </textarea> b"},
                                 {"role":"user","content":[{"type":"text","text":"c"}]}]}
                                """,
                                "{}")
                        .build();
        CallRecord bare = CallRecords.at(NOW.minusSeconds(50), 2).build();
        store.append(List.of(kept, bare), 100);

        assertThat(dashboard.get("/playground?from=" + kept.id(), admin).body())
                .contains("Not carried over from the call: messages that are not plain text, seed.")
                .contains(">Be brief.</textarea>", "A &lt;/textarea&gt; b", "value=\"7\"");
        assertThat(dashboard.get("/playground?from=" + bare.id(), admin).body())
                .contains("its content, which was not kept or was cut", "value=\"gpt-4o-mini\"");
        assertThat(dashboard.get("/playground?from=x", admin).status()).isEqualTo(400);
    }

    @Test
    void aMessageMoreIsTheOtherSides() {
        Draft draft = Draft.of(new Query("models=a&n=1&role-0=user&text-0=Hi")).longer();
        assertThat(draft.lines())
                .containsExactly(new Draft.Line("user", "Hi"), new Draft.Line("assistant", ""));
        assertThat(draft.longer().lines().getLast().role()).isEqualTo("user");
        assertThatThrownBy(() -> Draft.of(new Query("models=a&n=9")).answers())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("answers each is '9', and has to be 1 to 8");
    }

    private String post(String form) throws IOException {
        return dashboard.submit(admin, "/playground", form).body();
    }
}
