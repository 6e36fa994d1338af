package io.weir.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.LiveGateway;
import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keys of the provider, from a file and stored, seen from the provider's side. */
class ProviderKeysTest {
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[]}";
    private static final String STORED = "sk-proj-stored-secret-of-the-provider";

    @TempDir private Path directory;

    private final ScriptedUpstream upstream =
            new ScriptedUpstream().answers("{\"model\":\"gpt-4o\",\"choices\":[]}");

    ProviderKeysTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    @Test
    void aFileThatChangesIsReadAgainAndOneThatGoesAwayLeavesItsKey() throws IOException {
        Path file = directory.resolve("openai.key");
        Files.writeString(file, "sk-before\n");
        try (LiveGateway weir = start("upstream: {key: 'file:" + file + "'}")) {
            assertThat(sentWith(weir)).isEqualTo("Bearer sk-before");

            Files.writeString(file, "sk-after\n");

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> sentWith(weir).equals("Bearer sk-after"));
            Files.delete(file);
            assertThat(sentWith(weir)).isEqualTo("Bearer sk-after");
        }
    }

    @Test
    void aStoredKeyIsUsedAtOnceAndNeverShown() throws IOException {
        try (LiveGateway weir = start("")) {
            Message stored = admin(weir, "POST", "upstream-keys", json("team-b", STORED));
            assertThat(stored.status()).isEqualTo(200);
            assertThat(keysSent(weir))
                    .containsExactlyInAnyOrder(
                            "Bearer " + LiveGateway.upstreamKey(), "Bearer " + STORED);
            String list = admin(weir, "GET", "upstream-keys", "").body();
            String audit = admin(weir, "GET", "audit", "").body();
            assertThat(list).contains("team-b", "ider").doesNotContain(STORED);
            assertThat(audit).contains("upstream-key.set").doesNotContain(STORED, "sealed");
            assertThat(Files.readString(directory.resolve("data/control/changes.jsonl")))
                    .doesNotContain(STORED);
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(
                                            directory.resolve("data/master.key"))))
                    .isEqualTo("rw-------");
            assertThat(admin(weir, "PATCH", "upstream-keys/team-b", "{\"disabled\":true}").status())
                    .isEqualTo(200);
            assertThat(keysSent(weir)).containsExactly("Bearer " + LiveGateway.upstreamKey());
            admin(weir, "PATCH", "upstream-keys/team-b", "{\"disabled\":false}");
        }
        try (LiveGateway weir = start("")) {
            assertThat(keysSent(weir)).contains("Bearer " + STORED);
        }
        Files.writeString(directory.resolve("data/master.key"), "another-master-key-".repeat(2));
        try (LiveGateway weir = start("")) {
            assertThat(keysSent(weir)).containsExactly("Bearer " + LiveGateway.upstreamKey());
            JsonNode key =
                    Json.MAPPER
                            .readTree(admin(weir, "GET", "upstream-keys", "").body())
                            .path("keys")
                            .path(1);
            assertThat(key.path("in_use").asBoolean()).isFalse();
            assertThat(key.path("problem").asString()).contains("with this master key");
            assertThat(admin(weir, "DELETE", "upstream-keys/team-b", "").status()).isEqualTo(200);
        }
    }

    @Test
    void anUpstreamThatRepeatsAStoredKeyDoesNotTellItToClients() throws IOException {
        String error = "{\"error\":{\"message\":\"Incorrect API key: %s\"}}".formatted(STORED);
        upstream.says(
                "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                        .formatted(error.length(), error));
        try (LiveGateway weir = start("")) {
            admin(weir, "POST", "upstream-keys", json("team-b", STORED));
            for (int i = 0; i < 2; i++) {
                Message answer = weir.ask(weir.post("/v1/chat/completions", CHAT));
                assertThat(answer.status()).isEqualTo(401);
                if (upstream.lastRequest().field("authorization").contains(STORED)) {
                    assertThat(answer.body()).doesNotContain(STORED).contains("*****");
                }
            }
        }
    }

    private LiveGateway start(String yaml) throws IOException {
        return LiveGateway.start(directory.resolve("data"), upstream.url(), yaml);
    }

    private String sentWith(LiveGateway weir) throws IOException {
        weir.ask(weir.post("/v1/chat/completions", CHAT));
        return upstream.lastRequest().field("authorization");
    }

    private Set<String> keysSent(LiveGateway weir) throws IOException {
        int before = upstream.requests().size();
        for (int i = 0; i < 4; i++) {
            weir.ask(weir.post("/v1/chat/completions", CHAT));
        }
        return upstream.requests().stream()
                .skip(before)
                .map(request -> request.field("authorization"))
                .collect(Collectors.toSet());
    }

    private static String json(String name, String secret) {
        return Json.MAPPER.createObjectNode().put("name", name).put("secret", secret).toString();
    }

    private static Message admin(LiveGateway weir, String method, String path, String body)
            throws IOException {
        return weir.ask(
                "%s /admin/api/%s HTTP/1.1\r\nhost: weir\r\n%scontent-length: %d\r\n\r\n%s"
                        .formatted(method, path, weir.adminAuth(), body.length(), body));
    }
}
