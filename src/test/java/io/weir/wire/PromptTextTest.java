package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Endpoint.Dialect;
import io.weir.wire.PromptText.Message;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromptTextTest {
    @Test
    void readsChatMessages() {
        PromptText text =
                read(
                        """
                        {"messages":[
                        {"role":"system","content":"Be kind."},
                        {"role":"user","name":"ann","content":[{"type":"text","text":"What is "},
                          {"type":"image_url","image_url":{"url":"x"}},{"type":"text","text":"this?"}]},
                        {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function",
                          "function":{"name":"look","arguments":"{\\"a\\":1}"}}]},
                        {"role":"tool","tool_call_id":"1","content":"a cat"}],
                        "tools":[{"type":"function"}]}\
                        """);
        assertThat(text.messages())
                .containsExactly(
                        message("system", null, "Be kind."),
                        message("user", "ann", "What is this?"),
                        message("assistant", null, "look{\"a\":1}"),
                        message("tool", null, "a cat"));
        assertThat(text.texts()).containsExactly("[{\"type\":\"function\"}]");
        assertThat(text.images()).isEqualTo(1);
    }

    @Test
    void readsPromptsAndInputsInEveryForm() {
        assertThat(read("{\"prompt\":\"a\"}").texts()).containsExactly("a");
        assertThat(read("{\"input\":[\"a\",\"b\"]}").texts()).containsExactly("a", "b");
        assertThat(read("{\"input\":[1,2,3]}").countedTokens()).isEqualTo(3);
        assertThat(read("{\"prompt\":[[1,2],[3]]}").countedTokens()).isEqualTo(3);
    }

    @Test
    void readsItemsOfTheResponsesApi() {
        PromptText text =
                read(
                        """
                        {"instructions":"Be brief.","input":[
                        {"role":"user","content":"Hi"},
                        {"type":"message","role":"user","content":[{"type":"input_text","text":"Look"},
                          {"type":"input_image","image_url":"x"}]},
                        {"type":"function_call","name":"f","arguments":"{}"},
                        {"type":"function_call_output","output":"42"},
                        {"type":"item_reference","id":"x"}]}\
                        """);
        assertThat(text.messages())
                .containsExactly(
                        message("system", null, "Be brief."),
                        message("user", null, "Hi"),
                        message("user", null, "Look"),
                        message("assistant", null, "f{}"),
                        message("tool", null, "42"));
        assertThat(text.images()).isEqualTo(1);
    }

    @Test
    void survivesWrongTypes() {
        PromptText text =
                read(
                        "{\"messages\":[1,{\"role\":5,\"content\":{\"a\":1}}],\"prompt\":{},\"tools\":1}");
        assertThat(text.messages()).containsExactly(message("user", null, ""));
        assertThat(text.texts()).isEmpty();
        assertThat(read("[]")).isEqualTo(PromptText.NONE);
    }

    @Test
    void everyRecordedPromptHasText() {
        for (Recorded recorded : Recorded.all()) {
            boolean counted =
                    switch (recorded.dialect()) {
                        case CHAT, COMPLETIONS, RESPONSES, EMBEDDINGS -> true;
                        case GENERIC, OPAQUE -> false;
                    };
            PromptText text = RequestView.of(recorded.request(), recorded.dialect()).promptText();
            if (counted
                    && new String(recorded.request(), StandardCharsets.UTF_8).contains("role")) {
                assertThat(text.messages()).as(recorded.name()).isNotEmpty();
            }
        }
    }

    private static Message message(String role, @Nullable String name, String text) {
        return new Message(role, name, text);
    }

    private static PromptText read(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return RequestView.of(bytes, Dialect.CHAT).promptText();
    }
}
