package io.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.access.Bounds;
import io.weir.access.Control;
import io.weir.access.GatewayKey;
import io.weir.access.KeyHash;
import io.weir.access.Keyring;
import io.weir.access.Keys;
import io.weir.access.Project;
import io.weir.call.Call;
import io.weir.call.Calls;
import io.weir.call.Principal;
import io.weir.call.Reply;
import io.weir.wire.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class AuthenticateTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Principal TEAM =
            new Principal(KeyHash.of("weir-app-right").keyId(), "team", "search", List.of());

    @TempDir private Path directory;

    private Authenticate policy;

    @BeforeEach
    void open() throws IOException {
        try (Control control =
                Control.open(directory, () -> NOW, List.of(Project.KIND, GatewayKey.KIND))) {
            Bounds office = Bounds.of(List.of(), List.of(), List.of("10.1.0.0/16"));
            Keyring keys =
                    new Keyring(
                            control.register(GatewayKey.KIND),
                            control.register(Project.KIND),
                            List.of(
                                    Keys.of("weir-app-right", "team", "search"),
                                    Keys.of("weir-app-off", "off", "search").disabled(true),
                                    Keys.bounded("weir-app-office", "office", "search", office)),
                            () -> NOW);
            policy = new Authenticate(keys, () -> NOW);
        }
    }

    @Test
    void refusesADisabledKeyAndSaysWhose() {
        Call call = Calls.chat("{}", "authorization", "Bearer weir-app-off");

        Reply reply = policy.apply(call, AuthenticateTest::mustNotBeReached);

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> {
                            assertThat(refused.error().status()).isEqualTo(401);
                            assertThat(refused.error().message()).contains("this key is disabled");
                        });
        assertThat(call.trace().caller()).extracting(Principal::keyName).isEqualTo("off");
    }

    @Test
    void aKeyOfSomeNetworksCallsFromThereOnly() {
        for (String from : List.of("10.1.2.3", "10.2.0.1")) {
            Call call = Calls.chat("{}", "authorization", "Bearer weir-app-office");
            call.trace().client(InetAddress.ofLiteral(from));

            Reply reply =
                    policy.apply(call, next -> new Reply.Whole(200, Headers.NONE, new byte[0]));

            if (from.startsWith("10.1.")) {
                assertThat(reply).isInstanceOf(Reply.Whole.class);
            } else {
                assertThat(reply)
                        .isInstanceOfSatisfying(
                                Reply.Refused.class,
                                refused ->
                                        assertThat(refused.error().code())
                                                .isEqualTo("ip_not_authorized"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer weir-app-right", "bearer weir-app-right", "Bearer  weir-app-right "})
    void knowsTheOwnerOfAKey(String field) {
        Call call = Calls.chat("{}", "Authorization", field);

        Reply reply = policy.apply(call, next -> new Reply.Whole(200, Headers.NONE, new byte[0]));

        assertThat(reply).isInstanceOf(Reply.Whole.class);
        assertThat(call.trace().caller()).isEqualTo(TEAM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer weir-app-wrong",
                "weir-app-right",
                "Basic weir-app-right",
                "Bearer",
                "Bearer ",
                "Bearer ' OR 1=1 --",
                "Bearer weir-app-right\u0000",
                "Bearer wéir-app-right"
            })
    void refusesEverybodyElse(String field) {
        Call call = Calls.chat("{}", "authorization", field);

        assertRefused(policy.apply(call, AuthenticateTest::mustNotBeReached));
        assertThat(call.trace().caller()).isNull();
    }

    @Test
    void refusesAKeyOfTenMegabytesAndAMissingOne() {
        assertRefused(
                policy.apply(
                        Calls.chat("{}", "authorization", "Bearer " + "x".repeat(10 << 20)),
                        AuthenticateTest::mustNotBeReached));
        assertRefused(policy.apply(Calls.chat("{}"), AuthenticateTest::mustNotBeReached));
    }

    private static Reply mustNotBeReached(Call call) {
        throw new AssertionError("a stranger's call went on");
    }

    private static void assertRefused(Reply reply) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> {
                            assertThat(refused.error().status()).isEqualTo(401);
                            assertThat(refused.error().code()).isEqualTo("invalid_api_key");
                            assertThat(refused.error().message()).contains("app.key");
                        });
    }
}
