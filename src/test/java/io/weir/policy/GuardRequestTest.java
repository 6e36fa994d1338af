package io.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Calls;
import io.weir.call.Reply;
import io.weir.wire.Headers;
import org.junit.jupiter.api.Test;

class GuardRequestTest {
    private final Reply passed = new Reply.Whole(200, Headers.NONE, new byte[0]);

    @Test
    void refusesASecondModel() {
        Reply reply =
                new GuardRequest()
                        .apply(
                                Calls.chat("{\"model\":\"gpt-4o-mini\",\"model\":\"gpt-5-pro\"}"),
                                call -> passed);

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("duplicate_field"));
    }

    @Test
    void letsAWrongRequestPassBecauseTheProviderSaysItBetter() {
        assertThat(new GuardRequest().apply(Calls.chat("{\"model\":"), call -> passed))
                .isSameAs(passed);
    }
}
