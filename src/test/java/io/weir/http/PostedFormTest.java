package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PostedFormTest {
    private static final String TYPE = "multipart/form-data; boundary=----WebKitFormBoundary7MA4";

    /** What Chromium sends. */
    private static final String SENT =
            """
            ------WebKitFormBoundary7MA4
            Content-Disposition: form-data; name="month"

            2026-11
            ------WebKitFormBoundary7MA4
            Content-Disposition: form-data; name="empty"


            ------WebKitFormBoundary7MA4
            Content-Disposition: form-data; name="files"; filename="cost (1).csv"
            Content-Type: text/csv

            date,cost
            2026-11-01,"1
            --2"

            ------WebKitFormBoundary7MA4
            Content-Disposition: form-data; name="files"; filename="usage.json"
            Content-Type: application/json

            {"a":1}
            ------WebKitFormBoundary7MA4
            Content-Disposition: form-data; name="more"; filename=""
            Content-Type: application/octet-stream


            ------WebKitFormBoundary7MA4--
            """
                    .replace("\n", "\r\n");

    @Test
    void fieldsAndFilesAreAsTheyWereChosen() {
        PostedForm form = PostedForm.of(TYPE, bytes(SENT));
        assertThat(form.fields().all()).isEqualTo(Map.of("month", "2026-11", "empty", ""));
        assertThat(form.files())
                .extracting(PostedFile::name, file -> text(file.content()))
                .containsExactly(
                        tuple("cost (1).csv", "date,cost\r\n2026-11-01,\"1\r\n--2\"\r\n"),
                        tuple("usage.json", "{\"a\":1}"));
    }

    @Test
    void aFilesBytesStayWhatTheyAre() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            byte[] content = new byte[random.nextInt(300)];
            for (int i = 0; i < content.length; i++) {
                // Much of what a delimiter is made of.
                content[i] =
                        random.nextBoolean()
                                ? (byte) random.nextInt(256)
                                : bytes("\r\n-b")[random.nextInt(4)];
            }
            byte[] head =
                    bytes(
                            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n");
            byte[] end = bytes("\r\n--b--\r\n");
            byte[] body = Arrays.copyOf(head, head.length + content.length + end.length);
            System.arraycopy(content, 0, body, head.length, content.length);
            System.arraycopy(end, 0, body, head.length + content.length, end.length);
            if (text(content).contains("\r\n--b")) {
                continue;
            }
            assertThat(PostedForm.of("multipart/form-data; boundary=\"b\"", body).files())
                    .singleElement()
                    .satisfies(file -> assertThat(file.content()).isEqualTo(content));
        }
    }

    @Test
    void whatIsCutOrChangedIsRefusedAndNothingElseHappens() {
        byte[] sent = bytes(SENT);
        for (int length = 0; length < sent.length - "--\r\n".length(); length++) {
            byte[] cut = Arrays.copyOf(sent, length);
            assertThatIllegalArgumentException().isThrownBy(() -> PostedForm.of(TYPE, cut));
        }
        Random random = new Random(6);
        int read = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] changed = sent.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                PostedForm.of(TYPE, changed);
                read++;
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("the form ");
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void aTypeWithoutABoundaryIsNoForm() {
        for (String type :
                new String[] {"multipart/form-data", "multipart/mixed; boundary=b", ""}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PostedForm.of(type, bytes(SENT)))
                    .withMessage("the form has no boundary");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
