package io.weir.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AnswerStreamTest {
    private static final String CHUNKED =
            """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            \r
            5\r
            hello\r
            7;name=value\r
            , world\r
            0\r
            Trailer: yes\r
            \r
            """;

    @Test
    void readsOneAnswerAfterTheOther() throws IOException {
        AnswerStream answers =
                answers(
                        CHUNKED
                                + "HTTP/1.1 404 Not Found\nContent-Length: 3\n\nno!"
                                + "HTTP/1.1 204 No Content\r\n\r\n"
                                + CHUNKED,
                        1_000);
        assertThat(body(answers, 200)).isEqualTo("hello, world");
        assertThat(body(answers, 404)).isEqualTo("no!");
        assertThat(body(answers, 204)).isEmpty();
        assertThat(body(answers, 200)).isEqualTo("hello, world");
    }

    @Test
    void readsTheSameHoweverItIsCut() throws IOException {
        for (int atMost = 1; atMost < CHUNKED.length(); atMost++) {
            assertThat(body(answers(CHUNKED, atMost), 200)).isEqualTo("hello, world");
        }
    }

    @Test
    void readsUntilTheEndWhereNoLengthIsGiven() throws IOException {
        AnswerStream answers = answers("HTTP/1.1 200 OK\r\n\r\nall of it", 4);
        AnswerHead head = answers.head();
        assertThat(head.keepAlive()).isFalse();
        assertThat(body(answers, head)).isEqualTo("all of it");
    }

    @Test
    void passesOverInterimAnswers() throws IOException {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
        assertThat(body(answers(interim + CHUNKED, 9), 200)).isEqualTo("hello, world");
    }

    @Test
    void knowsWhenTheConnectionEnds() throws IOException {
        String close = "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n";
        assertThat(answers(close, 99).head().keepAlive()).isFalse();
        String old = "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n";
        assertThat(answers(old, 99).head().keepAlive()).isFalse();
        assertThat(answers(CHUNKED, 99).head().keepAlive()).isTrue();
    }

    @Test
    void noticesAnEndThatComesTooEarly() {
        for (int cut = 0; cut < CHUNKED.length() - 1; cut++) {
            AnswerStream answers = answers(CHUNKED.substring(0, cut), 7);
            assertThatThrownBy(() -> body(answers, 200)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void refusesWhatIsNotHttp() {
        assertThatThrownBy(() -> answers("SSH-2.0-OpenSSH_9.2\r\n\r\n", 99).head())
                .hasMessageContaining("not an HTTP/1.1 answer");
        assertThatThrownBy(
                        () -> body(answers(CHUNKED.replace("5\r\nhello", "5\r\nhello!"), 99), 200))
                .hasMessageContaining("longer than it said");
        assertThatThrownBy(() -> answers("HTTP/1.1 200 " + "x".repeat(40_000), 999).head())
                .hasMessageContaining("a line longer than");
    }

    @FuzzTest
    void readsOrRefusesAnything(byte[] bytes) {
        AnswerStream answers = new AnswerStream(new ByteArrayInputStream(bytes));
        try {
            while (true) {
                body(answers, answers.head());
            }
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static String body(AnswerStream answers, int status) throws IOException {
        AnswerHead head = answers.head();
        assertThat(head.status()).isEqualTo(status);
        return body(answers, head);
    }

    private static String body(AnswerStream answers, AnswerHead head) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        answers.body(head, body::write);
        return body.toString(UTF_8);
    }

    private static AnswerStream answers(String text, int bytesARead) {
        return new AnswerStream(
                new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
                    @Override
                    public synchronized int read(byte[] target, int from, int length) {
                        return super.read(target, from, Math.min(length, bytesARead));
                    }
                });
    }
}
