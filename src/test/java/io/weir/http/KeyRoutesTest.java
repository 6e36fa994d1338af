package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.GatewayTest;
import io.weir.it.Message;
import io.weir.wire.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class KeyRoutesTest extends GatewayTest {
    private String searcher = "";
    private String viewer = "";

    KeyRoutesTest() throws IOException {
        super("");
    }

    @BeforeAll
    void makeWhoAsks() throws IOException {
        for (String project : List.of("search", "chat")) {
            assertThat(admin("POST", "projects", "{\"name\":\"%s\"}".formatted(project)).status())
                    .isEqualTo(200);
        }
        searcher = token("sue", "project-admin", "[\"search\"]");
        viewer = token("vic", "viewer", "[]");
    }

    @Test
    void aKeyIsMadeCallsIsRotatedDisabledAndDeleted() throws IOException {
        upstream().answers("{\"object\":\"list\",\"data\":[]}");
        JsonNode made =
                json(
                        admin(
                                "POST",
                                "keys",
                                "{\"project\":\"search\",\"name\":\"ci\",\"tags\":[\"b\",\"a\"]}"));
        String id = made.path("id").asString();
        String secret = made.path("secret").asString();
        assertThat(made.path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(call(secret).status()).isEqualTo(200);
        assertThat(admin("GET", "keys/ci", "").body()).contains(id).doesNotContain(secret, "hash");

        String next =
                json(admin("POST", "key-rotations/" + id, "{\"overlap\":\"0s\"}"))
                        .path("secret")
                        .asString();
        assertThat(call(secret).status()).isEqualTo(401);
        assertThat(call(next).status()).isEqualTo(200);

        assertThat(admin("PATCH", "keys/" + id, "{\"disabled\":true}").status()).isEqualTo(200);
        Message refused = call(next);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("this key is disabled");
        assertThat(
                        admin(
                                        "PATCH",
                                        "keys/" + id,
                                        "{\"disabled\":false,\"endpoints\":[\"chat.completions\"]}")
                                .status())
                .isEqualTo(200);
        assertThat(call(next).status()).isEqualTo(403);

        assertThat(admin("DELETE", "keys/" + id, "").status()).isEqualTo(200);
        assertThat(call(next).status()).isEqualTo(401);
        assertThat(admin("GET", "keys/" + id, "").status()).isEqualTo(404);
        assertThat(admin("GET", "audit?kind=key&id=" + id, "").body())
                .contains(
                        "key.create",
                        "key.rotate",
                        "key.disable",
                        "key.enable",
                        "key.set",
                        "key.delete")
                .contains("the admin key")
                .doesNotContain(secret, next, "\"hash\"");
    }

    @Test
    void aProjectAdminWritesNothingOfOtherProjectsNorWhatIsForAdmins() throws IOException {
        String own = make("search", "own");
        String others = make("chat", "others");
        assertThat(ask(searcher, "PATCH", "keys/" + own, "{\"owner\":\"sue\"}").status())
                .isEqualTo(200);
        for (String[] deed :
                new String[][] {
                    {"POST", "keys", "{\"project\":\"chat\",\"name\":\"x\"}"},
                    {"PATCH", "keys/" + others, "{\"owner\":\"sue\"}"},
                    {"PATCH", "keys/" + others, "{\"disabled\":true}"},
                    {"POST", "key-rotations/" + others, "{}"},
                    {"DELETE", "keys/" + others, ""},
                    {"PATCH", "projects/search", "{\"disabled\":false}"},
                    {"POST", "projects", "{\"name\":\"mine\"}"},
                    {"DELETE", "projects/search", ""},
                    {"POST", "tokens", "{\"name\":\"x\",\"role\":\"admin\"}"},
                    {"GET", "tokens", ""},
                    {"DELETE", "tokens/vic", ""},
                    {"POST", "users", "{\"name\":\"x\",\"password\":\"correct horse\"}"},
                    {"GET", "users", ""},
                    {"PATCH", "users/vic", "{\"role\":\"admin\"}"},
                    {"DELETE", "users/vic", ""},
                    {"GET", "audit", ""}
                }) {
            assertThat(ask(searcher, deed[0], deed[1], deed[2]).status())
                    .as(String.join(" ", deed))
                    .isEqualTo(403);
            if (!deed[0].equals("GET")) {
                assertThat(ask(viewer, deed[0], deed[1], deed[2]).status())
                        .as(String.join(" ", deed))
                        .isEqualTo(403);
            }
        }
        assertThat(json(admin("GET", "keys/" + others, "")).path("owner").asString()).isEmpty();
        assertThat(ask(viewer, "GET", "keys", "").body()).contains("others");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "project",
                "id",
                "created",
                "hash",
                "leaked",
                "retiring",
                "configured",
                "role"
            })
    void nobodyWritesWhatAKeyIsByItself(String field) throws IOException {
        String id = make("search", "fixed-" + field);
        for (String who : List.of(searcher, gateway().adminAuth())) {
            Message answer = ask(who, "PATCH", "keys/" + id, "{\"%s\":\"x\"}".formatted(field));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("'" + field + "' cannot be set");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":7}",
                "{\"name\":\"\"}",
                "{\"name\":\"a\\nb\"}",
                "{\"tags\":\"a\"}",
                "{\"models\":[\"a*b\"]}",
                "{\"networks\":[\"here\"]}",
                "{\"expires\":\"tomorrow\"}",
                "{\"disabled\":\"yes\"}",
                "[]",
                "nonsense"
            })
    void whatCannotBeIsRefusedAndChangesNothing(String body) throws IOException {
        JsonNode before = json(admin("GET", "keys/app", ""));
        String id = make("search", "sound");
        Message answer = admin("PATCH", "keys/" + id, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(json(admin("GET", "keys/" + id, "")).path("name").asString()).isEqualTo("sound");
        assertThat(admin("DELETE", "keys/" + id, "").status()).isEqualTo(200);
        assertThat(before.path("configured").asBoolean()).isTrue();
        assertThat(admin("DELETE", "keys/app", "").status()).isEqualTo(400);
    }

    @Test
    void aUserHasARoleAndOnlyProjectsThatThereAre() throws IOException {
        String ada = "{\"name\":\"ada\",\"password\":\"correct horse\"%s}";
        JsonNode made = json(admin("POST", "users", ada.formatted("")));
        assertThat(made.path("role").asString()).isEqualTo("viewer");
        assertThat(made.has("password")).isFalse();
        assertThat(admin("POST", "users", ada.formatted("")).status()).isEqualTo(400);
        for (String wrong :
                List.of(
                        "{\"role\":\"project-admin\",\"projects\":[\"nowhere\"]}",
                        "{\"role\":\"project-admin\"}",
                        "{\"projects\":[\"search\"]}",
                        "{\"role\":7}",
                        "{\"password\":\"short\"}",
                        "{\"role\":\"admin\",\"password\":\"short\"}",
                        "{\"role\":\"emperor\",\"password\":\"another horse\"}",
                        "{\"since\":\"2020-01-01T00:00:00Z\"}")) {
            assertThat(admin("PATCH", "users/ada", wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(json(admin("GET", "users", "")).path("users").get(0)).isEqualTo(made);

        String searching = "{\"role\":\"project-admin\",\"projects\":[\"search\"]}";
        json(admin("PATCH", "users/ada", searching));
        JsonNode changed = json(admin("PATCH", "users/ada", "{\"role\":\"admin\"}"));
        assertThat(changed.path("projects")).isEmpty();
        assertThat(admin("PATCH", "users/bob", "{\"role\":\"admin\"}").status()).isEqualTo(404);
        assertThat(admin("DELETE", "users/ada", "").status()).isEqualTo(200);
        assertThat(admin("DELETE", "users/ada", "").status()).isEqualTo(404);
    }

    private String make(String project, String name) throws IOException {
        return json(admin(
                        "POST",
                        "keys",
                        "{\"project\":\"%s\",\"name\":\"%s\"}".formatted(project, name)))
                .path("id")
                .asString();
    }

    private String token(String name, String role, String projects) throws IOException {
        String wanted =
                "{\"name\":\"%s\",\"role\":\"%s\",\"projects\":%s}".formatted(name, role, projects);
        return "authorization: Bearer "
                + json(admin("POST", "tokens", wanted)).path("secret").asString()
                + "\r\n";
    }

    private Message call(String secret) throws IOException {
        return gateway()
                .ask(
                        "GET /v1/models HTTP/1.1\r\nhost: weir\r\nauthorization: Bearer %s\r\n\r\n"
                                .formatted(secret));
    }

    private Message admin(String method, String path, String body) throws IOException {
        return ask(gateway().adminAuth(), method, path, body);
    }

    private Message ask(String who, String method, String path, String body) throws IOException {
        return gateway()
                .ask(
                        "%s /admin/api/%s HTTP/1.1\r\nhost: weir\r\n%scontent-length: %d\r\n\r\n%s"
                                .formatted(method, path, who, body.length(), body));
    }

    private static JsonNode json(Message answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }
}
