package io.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {
    private static final String TYPE = "multipart/form-data; boundary=b0";

    @Test
    void readsTheFieldsAroundAFile() {
        RequestView view =
                read(
                        field("user", "u-1")
                                + part("name=\"file\"; filename=\"a.mp3\"", "\r\n--b\u0000\r\r\n--")
                                + field("model", "whisper-1")
                                + field("stream", "True")
                                + field("n", "3")
                                + field("response_format", "verbose_json")
                                + "--b0--\r\n");
        assertThat(view.model()).contains("whisper-1");
        assertThat(view.stream()).isTrue();
        assertThat(view.choices()).isEqualTo(3);
        assertThat(view.responseFormat()).contains("verbose_json");
        assertThat(view.endUser()).contains("u-1");
        assertThat(view.duplicateKeys()).isEmpty();
        assertThat(view.promptText()).isEqualTo(PromptText.NONE);
    }

    @Test
    void readsTheSameHoweverTheFormIsCut() {
        byte[] form =
                ("a preamble\r\n"
                                + part(
                                        "name=\"file\"; filename=\"model\"",
                                        "\r\n--b\r\n\r\r\n--b1\n")
                                + field("model", "gpt-4o-transcr\u00efbe")
                                + field("n", "2")
                                + "--b0--\r\n")
                        .getBytes(UTF_8);
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            FormReader reader = reader(TYPE);
            int at = 0;
            while (at < form.length) {
                int length = Math.min(form.length - at, 1 + random.nextInt(20));
                reader.feed(form, at, length);
                at += length;
            }
            assertThat(reader.view().model()).contains("gpt-4o-transcr\u00efbe");
            assertThat(reader.view().choices()).isEqualTo(2);
        }
    }

    @Test
    void theLastOfTwoFieldsCounts() {
        assertThat(read(field("model", "a") + field("model", "b") + "--b0--").model())
                .contains("b");
    }

    @Test
    void whatStandsInAFileIsNoField() {
        RequestView view =
                read(
                        part("name=\"model\"; filename=\"x\"", "evil")
                                + part("name=\"file\"; FileName*=UTF-8''x; name=\"model\"", "evil")
                                + "--b0--");
        assertThat(view.model()).isEmpty();
    }

    @Test
    void aFieldThatIsTooLongIsPassedOver() {
        assertThat(read(field("model", "m".repeat(1_024)) + "--b0--").model()).isPresent();
        assertThat(read(field("model", "m".repeat(1_025)) + "--b0--").model()).isEmpty();
    }

    @Test
    void whatFollowsTheEndIsNotRead() {
        assertThat(read(field("n", "2") + "--b0--\r\n" + field("model", "late")).model()).isEmpty();
    }

    @Test
    void aHeadThatIsTooLongHasNoName() {
        String head = "x: " + "y".repeat(5_000) + "\r\n";
        String form = "--b0\r\n" + head + field("model", "m").substring("--b0\r\n".length());
        assertThat(read(form + field("n", "4") + "--b0--").model()).isEmpty();
        assertThat(read(form + field("n", "4") + "--b0--").choices()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Multipart/Form-Data; charset=utf-8; Boundary=\"b0\"",
                "multipart/form-data;boundary=b0; charset=utf-8",
                "multipart/form-data ; boundary=b0"
            })
    void findsTheBoundary(String type) {
        FormReader reader = reader(type);
        byte[] form = (field("model", "m") + "--b0--").getBytes(ISO_8859_1);
        reader.feed(form, 0, form.length);
        assertThat(reader.view().model()).contains("m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "multipart/form-data",
                "multipart/mixed; boundary=b0",
                "multipart/form-data; boundary="
            })
    void isNotMadeForWhatIsNoForm(String type) {
        assertThat(FormReader.of(type)).isEqualTo(Optional.empty());
    }

    private static RequestView read(String form) {
        FormReader reader = reader(TYPE);
        byte[] bytes = form.getBytes(ISO_8859_1);
        reader.feed(bytes, 0, bytes.length);
        return reader.view();
    }

    private static FormReader reader(String type) {
        return FormReader.of(type).orElseThrow();
    }

    private static String field(String name, String value) {
        return part("name=\"" + name + "\"", value);
    }

    private static String part(String parameters, String content) {
        return "--b0\r\nContent-Disposition: form-data; %s\r\nContent-Type: text/plain\r\n\r\n%s\r\n"
                .formatted(parameters, content);
    }
}
