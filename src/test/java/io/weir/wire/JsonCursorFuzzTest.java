package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

class JsonCursorFuzzTest {
    /** Where Jackson has limits of its own: names and numbers. */
    private static final int LONG = 900;

    @FuzzTest(maxDuration = "60s")
    void acceptsWhatJacksonAccepts(byte[] text) {
        if (!Utf8.valid(text) || Utf8.looksWider(text)) {
            return;
        }
        boolean accepted = JsonCursorTest.accepts(text);
        if (JsonCursorTest.jacksonAccepts(text)) {
            assertThat(accepted).isTrue();
        } else if (accepted) {
            String json = new String(text, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            assertThat(json.length() > LONG || json.contains("\\ud")).isTrue();
        }
    }
}
