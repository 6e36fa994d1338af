package io.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.access.Actor;
import io.weir.access.Bounds;
import io.weir.access.Control;
import io.weir.access.GatewayKey;
import io.weir.access.Keyring;
import io.weir.access.Keys;
import io.weir.access.Project;
import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Calls;
import io.weir.call.Reply;
import io.weir.wire.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class PermitTest {
    private static final Bounds SMALL =
            Bounds.of(List.of("gpt-4o-mini*"), List.of("chat.completions", "audio.*"), List.of());

    @TempDir private Path directory;

    private Keyring keys;
    private Permit policy;

    @BeforeEach
    void open() throws IOException {
        try (Control control =
                Control.open(
                        directory, () -> Instant.EPOCH, List.of(Project.KIND, GatewayKey.KIND))) {
            keys =
                    new Keyring(
                            control.register(GatewayKey.KIND),
                            control.register(Project.KIND),
                            List.of(
                                    Keys.of("any", "any", "default"),
                                    Keys.bounded("small", "small", "default", SMALL),
                                    Keys.bounded(
                                            "one-model", "one-model", "default", bounds(List.of())),
                                    Keys.bounded(
                                            "batches-too",
                                            "batches-too",
                                            "default",
                                            bounds(List.of("batches"))),
                                    Keys.of("within", "within", "small")),
                            () -> Instant.EPOCH);
            control.register(Project.KIND)
                    .add(
                            Actor.ADMIN_KEY,
                            "small",
                            new Project("small", "", "", ZoneId.of("UTC"), SMALL, false));
        }
        policy = new Permit(keys);
    }

    @Test
    void aKeyWithoutBoundsAsksForAnything() {
        assertThat(code("any", "{\"model\":\"gpt-5\"}")).isEmpty();
        assertThat(code("any", "{}")).isEmpty();
    }

    @Test
    void aBoundedKeyAsksForItsModelsOnlyAndSoDoesOneOfABoundedProject() {
        for (String key : List.of("small", "within")) {
            assertThat(code(key, "{\"model\":\"gpt-4o-mini-2024-07-18\"}")).isEmpty();
            assertThat(code(key, "{\"model\":\"gpt-4o\"}")).isEqualTo("model_not_found");
            assertThat(code(key, "{\"model\":\"GPT-4o-mini\"}")).isEqualTo("model_not_found");
            assertThat(code(key, "{}")).isEqualTo("missing_required_parameter");
            assertThat(code(key, "{\"model\":7}")).isEqualTo("missing_required_parameter");
            assertThat(code(key, "not json")).isEqualTo("missing_required_parameter");
        }
    }

    @Test
    void aFormsModelIsNotKnownInTime() {
        Call speech = Calls.of("POST", "/v1/audio/transcriptions", new Body.None());
        Call form = speech.withBody(new Body.Passing(new ByteArrayInputStream(new byte[3]), 3));
        assertThat(code(form, "small")).isEqualTo("model_not_found");
        assertThat(code(form, "any")).isEmpty();
    }

    @Test
    void nobodyReadsWhichModelsABatchAsksForUnlessItsEndpointIsNamed() {
        Call batch = Calls.of("POST", "/v1/batches", new Body.None());
        Call upload = Calls.of("POST", "/v1/files", new Body.None());
        assertThat(code(batch, "any")).isEmpty();
        assertThat(code(batch, "one-model")).isEqualTo("model_not_found");
        assertThat(code(upload, "one-model")).isEmpty();
        assertThat(code(batch, "batches-too")).isEmpty();
        assertThat(code(batch, "small")).isEqualTo("endpoint_not_allowed");
    }

    @Test
    void anEndpointThatIsNotNamedIsNotCalled() {
        Call models = Calls.of("GET", "/v1/models", new Body.None());
        assertThat(code(models, "small")).isEqualTo("endpoint_not_allowed");
        assertThat(code(models, "any")).isEmpty();
    }

    private static Bounds bounds(List<String> endpoints) {
        return Bounds.of(List.of("gpt-4o-mini"), endpoints, List.of());
    }

    private String code(String key, String body) {
        return code(Calls.chat(body), key);
    }

    private String code(Call call, String key) {
        call.trace().caller(keys.find(key).orElseThrow().principal());
        Reply reply = policy.apply(call, next -> new Reply.Whole(200, Headers.NONE, new byte[0]));
        return reply instanceof Reply.Refused refused ? String.valueOf(refused.error().code()) : "";
    }
}
