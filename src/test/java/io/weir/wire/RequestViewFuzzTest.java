package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.wire.Endpoint.Dialect;

class RequestViewFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void readsAnything(byte[] body) {
        byte[] before = body.clone();
        RequestView view = RequestView.of(body, Dialect.CHAT);
        assertThat(view.choices()).isNotNegative();
        assertThat(view.maxTokens().orElse(0)).isNotNegative();
        assertThat(view.duplicateKeys()).doesNotHaveDuplicates();
        assertThat(view.promptText().countedTokens()).isNotNegative();
        if (JsonCursorTest.jacksonAccepts(body)) {
            RequestViewTest.checkAsking(body);
        } else {
            view.withUsageAsked();
        }
        assertThat(body).isEqualTo(before);
    }
}
