package io.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Call;
import io.weir.call.Calls;
import io.weir.call.Principal;
import io.weir.call.Reply;
import io.weir.wire.Headers;
import io.weir.wire.Secret;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticateTest {
    private static final Principal TEAM = new Principal("key_1", "team", "search", List.of());

    private final Authenticate policy =
            new Authenticate(Map.of(ByteBuffer.wrap(Secret.sha256("weir-app-right")), TEAM));

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
