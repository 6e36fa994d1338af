package io.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.access.AdminToken;
import io.weir.access.AdminTokens;
import io.weir.access.Control;
import io.weir.access.GatewayKey;
import io.weir.access.Keyring;
import io.weir.access.Keys;
import io.weir.access.LeakWatch;
import io.weir.access.Project;
import io.weir.access.Sighting;
import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Calls;
import io.weir.call.Reply;
import io.weir.wire.ApiError;
import io.weir.wire.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class NoticeLeaksTest {
    private static final String KEY = "weir-key-" + "k".repeat(43);
    private static final Reply REFUSED =
            Reply.Refused.of(ApiError.of(401, "invalid_request_error", "invalid_api_key", "No."));

    @TempDir private Path directory;

    private Control control;
    private LeakWatch watch;
    private NoticeLeaks policy;

    @BeforeEach
    void open() throws IOException {
        control =
                Control.open(
                        directory,
                        () -> Instant.EPOCH,
                        List.of(Project.KIND, GatewayKey.KIND, AdminToken.KIND));
        Keyring keys =
                new Keyring(
                        control.register(GatewayKey.KIND),
                        control.register(Project.KIND),
                        List.of(Keys.of(KEY, "ci", "default")),
                        () -> Instant.EPOCH);
        watch =
                new LeakWatch(
                        keys,
                        new AdminTokens(control.register(AdminToken.KIND), new Secret("other")),
                        control,
                        LeakWatch.Response.NOTICE,
                        Runnable::run,
                        () -> Instant.EPOCH);
        policy = new NoticeLeaks(watch);
    }

    @AfterEach
    void close() throws IOException {
        control.close();
    }

    @Test
    void aKeyInTheUrlIsNoticedThoughTheCallIsRefused() {
        for (String target : List.of("/v1/models?api_key=" + KEY, "/v1/models/" + KEY)) {
            policy.apply(Calls.of("GET", target, new Body.None()), call -> REFUSED);
            assertThat(places()).containsExactly(Sighting.Place.URL);
        }
    }

    @Test
    void aKeyInTheBodyIsNoticedAsItWasRead() {
        Call unread = Calls.of("POST", "/v1/chat/completions", new Body.None());
        byte[] body = "{\"content\":\"%s\"}".formatted(KEY).getBytes(StandardCharsets.UTF_8);
        Reply reply =
                policy.apply(
                        unread,
                        call -> {
                            call.trace().asReadIs(call.withBody(new Body.Bytes(body)));
                            return REFUSED;
                        });
        assertThat(reply).isEqualTo(REFUSED);
        assertThat(places()).containsExactly(Sighting.Place.BODY);
    }

    @Test
    void aKeyWhereItBelongsIsNotNoticed() {
        policy.apply(Calls.chat("{}", "authorization", "Bearer " + KEY), call -> REFUSED);
        assertThat(places()).isEmpty();
    }

    private List<Sighting.Place> places() {
        return watch.leaks().stream().map(leak -> leak.seen().place()).toList();
    }
}
