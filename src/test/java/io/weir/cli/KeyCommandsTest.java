package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.GatewayTest;
import io.weir.it.Message;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The commands that look after keys, projects, tokens and the log of changes, before a gateway. */
@SuppressWarnings("NullAway.Init")
class KeyCommandsTest extends GatewayTest {
    @TempDir private static Path directory;

    private Path adminKey;

    KeyCommandsTest() throws IOException {
        super("");
    }

    @BeforeAll
    void keepTheKey() throws IOException {
        adminKey = directory.resolve("admin.key");
        Files.writeString(adminKey, gateway().gateway().data().key("admin.key", "").reveal());
        assertThat(run("projects create shop --owner ada --model gpt-4o*").exitCode()).isZero();
    }

    @Test
    void aNewKeyIsAloneOnStandardOutputAndCalls() throws IOException {
        upstream().answers("{\"object\":\"list\",\"data\":[]}");
        Shell.Result made =
                run("keys create ci --project shop --owner bob --tag b --tag a --expires 90d");
        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).matches("weir-key-[\\w-]{43}\n");
        assertThat(made.err()).contains("The key ci (key_", "of the project shop", "this once");
        assertThat(call(made.out().strip())).isEqualTo(200);

        Shell.Result list = run("keys list --project shop");
        assertThat(list.out().lines().findFirst())
                .hasValueSatisfying(heads ->
                        assertThat(heads.split(" +"))
                                .containsExactly(
                                        "ID", "NAME", "PROJECT", "OWNER", "MODELS", "EXPIRES",
                                        "STATE"));
        assertThat(list.out()).contains("ci").contains("bob").contains("active");
        assertThat(list.out()).doesNotContain("default").doesNotContain(made.out().strip());
        assertThat(run("keys show ci").out()).contains("a, b").contains("models     any");
    }

    @Test
    void aKeyIsRotatedDisabledEnabledAndDeleted() throws IOException {
        upstream().answers("{\"object\":\"list\",\"data\":[]}");
        String first = run("keys create turned").out().strip();
        Shell.Result rotated = run("keys rotate turned --overlap 2h");
        String second = rotated.out().strip();
        assertThat(rotated.err()).contains("the one before counts until 20");
        assertThat(run("keys list").out()).contains("active, the key before until");
        assertThat(call(first)).isEqualTo(200);
        assertThat(run("keys rotate turned --overlap 0s").err()).contains("does not count any");
        assertThat(call(second)).isEqualTo(401);

        assertThat(run("keys disable turned").out()).contains("may not call: this key is disabled");
        assertThat(run("keys list").out()).containsPattern("turned .* disabled");
        assertThat(run("keys enable turned").out()).contains("may call.");
        assertThat(run("keys delete turned").out()).startsWith("Removed the key turned (key_");
        Shell.Result gone = run("keys show turned");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err()).contains("There is no key 'turned'");
    }

    @Test
    void aKeyThatStandsInAPromptIsSaidToHaveLeaked() throws IOException {
        upstream().answers("{}");
        String secret = run("keys create careless").out().strip();
        String id = key("careless").path("id").asString();
        String prompt = "{\"model\":\"gpt-5\",\"input\":\"use %s\"}".formatted(secret);
        Message answer = gateway().ask(gateway().post("/v1/responses", prompt));

        await().atMost(Duration.ofMinutes(1))
                .until(() -> key("careless").path("leaked").isObject());
        assertThat(run("keys list").out()).containsPattern("careless .* active, LEAKED");
        assertThat(run("keys show careless").out())
                .contains(
                        "seen in the body of call " + answer.field("x-weir-call-id"),
                        "weir keys rotate");
        assertThat(run("audit --kind key --id " + id).out()).contains("key.leak", "Weir");
        run("keys rotate careless --overlap 0s");
        assertThat(run("keys show careless").out()).containsPattern("leaked +-");
    }

    private JsonNode key(String name) {
        return Json.MAPPER.readTree(run("keys show " + name + " --json").out());
    }

    @Test
    void whatIsSetReplacesWhatWasAndTheRestStays() throws IOException {
        run("keys create bounded --owner ada --model gpt-4o --model o3* --network 10.1.0.0/16");
        run(
                "keys set bounded --model gpt-5 --endpoint chat.completions --expires 2099-01-01T00:00:00Z");
        JsonNode key = Json.MAPPER.readTree(run("keys show bounded --json").out());
        assertThat(key.path("models").toString()).isEqualTo("[\"gpt-5\"]");
        assertThat(key.path("networks").toString()).isEqualTo("[\"10.1.0.0/16\"]");
        assertThat(key.path("owner").asString()).isEqualTo("ada");
        assertThat(key.path("expires").asString()).isEqualTo("2099-01-01T00:00:00Z");
        run("keys set bounded --model any --expires never --name renamed");
        key = Json.MAPPER.readTree(run("keys show renamed --json").out());
        assertThat(key.path("models").isEmpty()).isTrue();
        assertThat(key.path("expires").isNull()).isTrue();
    }

    @Test
    void aProjectIsListedChangedDisabledAndDeleted() throws IOException {
        assertThat(run("projects create lab --title Lab --time-zone Europe/Berlin").out())
                .contains("weir keys create NAME --project lab");
        assertThat(run("projects list").out())
                .containsPattern("lab +Lab +- +Europe/Berlin +0 +any +active");
        run("keys create probe --project lab");
        assertThat(run("projects set lab --disable").out()).contains("its keys may not call");
        assertThat(run("keys list --project lab").out())
                .contains("the project of this key is disabled");
        Shell.Result held = run("projects delete lab");
        assertThat(held.exitCode()).isEqualTo(1);
        assertThat(held.err()).contains("has 1 keys");
        assertThat(run("projects set lab --enable").out()).contains("its keys may call");
        run("keys delete probe");
        assertThat(run("projects delete lab").out()).isEqualTo("Removed the project lab.\n");
        assertThat(run("projects list").out()).doesNotContain("lab");
    }

    @Test
    void aTokenAsksAsFarAsItsRoleGoes() throws IOException {
        Shell.Result made = run("tokens create sue --role project-admin --project shop");
        assertThat(made.out()).matches("weir-token-[\\w-]{43}\n");
        assertThat(run("tokens list").out()).containsPattern("sue +project-admin +shop +20");
        Path token = directory.resolve("sue.token");
        Files.writeString(token, made.out());
        assertThat(runAs(token, "keys create hers --project shop").exitCode()).isZero();
        Shell.Result denied = runAs(token, "keys create not-hers");
        assertThat(denied.exitCode()).isEqualTo(4);
        assertThat(denied.err()).contains("may not change what belongs to the project 'default'");
        assertThat(run("audit --by sue").out())
                .containsPattern("sue +project-admin +key.create +key_\\w+ +name hers; project");
        assertThat(run("tokens delete sue").exitCode()).isZero();
        assertThat(runAs(token, "keys list").exitCode()).isEqualTo(4);
    }

    @Test
    void theAuditLogSaysWhatDiffers() throws IOException {
        String id = created("audited --model gpt-4o");
        run("keys set audited --model gpt-4o-mini --owner ada");
        run("keys disable audited");
        run("keys rotate audited --overlap 1h");
        run("keys delete audited");
        String log = run("audit --kind key --id " + id).out();
        List<String> lines = log.lines().skip(1).toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).contains("key.delete", "name audited → nothing");
        assertThat(lines.get(1)).contains("key.rotate").contains("old key until 20");
        assertThat(lines.get(2)).contains("key.disable").endsWith("disabled no → yes");
        assertThat(lines.get(3))
                .contains("key.set")
                .endsWith("owner ada; models gpt-4o → gpt-4o-mini");
        assertThat(lines.get(4)).endsWith("name audited; project default; models gpt-4o");
        assertThat(run("audit --limit 2").out().lines()).hasSize(3);
        assertThat(run("audit --by nobody").out()).isEqualTo("Nothing has been changed.\n");
        assertThat(run("audit --id " + id + " --json").out()).doesNotContain("hash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys delete one",
                "projects delete one",
                "tokens delete one",
                "users delete one",
            })
    void whatIsRemovedAtATerminalHasToBeMeant(String command) {
        Shell person = new Shell().at(new Terminal.Tty(true, true, true));
        Shell.Result asked = person.run(arguments(adminKey, command));
        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.err()).contains("--yes");
        Shell.Result meant = person.run(arguments(adminKey, command + " --yes"));
        assertThat(meant.err()).contains("'one'").doesNotContain("--yes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys",
                "keys create",
                "keys create x --expires tomorrow",
                "keys set x",
                "keys rotate",
                "projects set shop",
                "projects set shop --enable --disable",
                "tokens create",
                "users create",
                "users set one",
                "audit --limit many",
            })
    void whatIsMissingOrMistypedIsAMistakeOfUse(String command) {
        Shell.Result result = run(command);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("--help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys create x --project nowhere",
                "keys create x --network home",
                "keys create x --model g*t",
                "keys rotate app",
                "projects create two.words/x",
                "projects create shop",
                "projects set nowhere --disable",
                "tokens create x --role emperor",
                "tokens create x --role project-admin",
                "users set nobody --role admin",
                "users delete nobody",
            })
    void whatTheGatewayRefusesIsSaid(String command) {
        Shell.Result result = run(command);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("answered 4");
    }

    @Test
    void aWholeObjectIsPrintedForPrograms() throws IOException {
        Shell.Result made = run("keys create scripted --json");
        JsonNode key = Json.MAPPER.readTree(made.out());
        assertThat(key.path("secret").asString()).startsWith("weir-key-");
        assertThat(key.path("id").asString()).startsWith("key_");
        assertThat(made.err()).isEmpty();
        for (String list : List.of("keys", "projects", "tokens", "users")) {
            JsonNode all = Json.MAPPER.readTree(run(list + " list --json").out());
            assertThat(all.path(list).isArray()).isTrue();
        }
    }

    @Test
    void aUserIsAddedChangedAndRemoved() {
        Shell shell = new Shell().with("PASSWORD", "another horse");
        Shell.Result added =
                shell.runWithInput(
                        "correct horse\n",
                        arguments(
                                adminKey, "users create vic --role project-admin --project shop"));
        assertThat(added.out()).as(added.err()).isEqualTo("vic may log in, as project-admin.\n");
        assertThat(run("users list").out()).containsPattern("vic +project-admin +shop +20");
        assertThat(run("users set vic --role viewer").out()).isEqualTo("vic is viewer now.\n");
        assertThat(run("users list").out()).containsPattern("vic +viewer +- +20");
        assertThat(shell.run(arguments(adminKey, "users password vic --from env:PASSWORD")).out())
                .isEqualTo("vic logs in with the new password, as viewer.\n");
        assertThat(run("audit --kind user --id vic").out())
                .contains("user.create", "user.set", "user.password")
                .doesNotContain("horse");
        assertThat(run("users delete vic").out()).isEqualTo("Removed the user vic.\n");
        assertThat(run("users list").out()).doesNotContain("vic");
    }

    @Test
    void aPasswordThatWillNotDoIsNotKept() {
        Shell.Result none = run("users create vic");
        assertThat(none.exitCode()).as(none.err()).isNotZero();
        Shell.Result brief =
                new Shell().runWithInput("short\n", arguments(adminKey, "users create vic"));
        assertThat(brief.exitCode()).isEqualTo(1);
        assertThat(brief.err()).contains("12 to 256").doesNotContain("short");
        assertThat(run("users list").out()).doesNotContain("vic");
    }

    private String created(String options) throws IOException {
        return Json.MAPPER
                .readTree(run("keys create " + options + " --json").out())
                .path("id")
                .asString();
    }

    private int call(String secret) throws IOException {
        Message answer =
                gateway()
                        .ask(
                                "GET /v1/models HTTP/1.1\r\nhost: weir\r\nauthorization: Bearer %s\r\n\r\n"
                                        .formatted(secret));
        return answer.status();
    }

    private Shell.Result run(String command) {
        return runAs(adminKey, command);
    }

    private Shell.Result runAs(Path key, String command) {
        return new Shell().run(arguments(key, command));
    }

    private String[] arguments(Path key, String command) {
        List<String> all = new ArrayList<>(List.of(command.split(" ")));
        if (all.size() > 1) {
            all.addAll(
                    List.of(
                            "--base-url",
                            "http://127.0.0.1:%d/v1".formatted(gateway().gateway().port()),
                            "--key-file",
                            key.toString()));
        }
        return all.toArray(String[]::new);
    }
}
