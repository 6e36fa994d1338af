package io.weir.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Outcome;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;
import io.weir.wire.Secret;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMaskTest {
    @ParameterizedTest
    @ValueSource(strings = {"sk-proj-1234567890", "aa", "abab", "a", "sksksk-sk"})
    void hidesAKeyHoweverTheTextIsCut(String key) throws UpstreamFailure {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            String text = text(random, key);
            String expected = text.replace(key, "*".repeat(key.length()));
            assertThat(masked(text, key, random)).as(text).isEqualTo(expected);
        }
    }

    @Test
    void bytesOfAKeyThatNeverCompletesAreGivenAtTheEnd() throws UpstreamFailure {
        assertThat(masked("this is sk-pro", "sk-proj-1", new Random(1)))
                .isEqualTo("this is sk-pro");
    }

    private static String text(Random random, String key) {
        StringBuilder text = new StringBuilder();
        while (text.length() < 60) {
            int what = random.nextInt(3);
            if (what == 0) {
                text.append(key);
            } else if (what == 1) {
                text.append(key, 0, random.nextInt(key.length()));
            } else {
                text.append((char) ('k' + random.nextInt(12)));
            }
        }
        return text.toString();
    }

    private static String masked(String text, String key, Random random) throws UpstreamFailure {
        KeyMask mask = Objects.requireNonNull(KeyMask.of(new Secret(key)));
        Source source = new MaskedSource(new Cut(text.getBytes(ISO_8859_1), random), mask);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[100];
        int read = source.read(piece, 3, 1);
        while (read >= 0) {
            out.write(piece, 3, read);
            read = source.read(piece, 3, 1 + random.nextInt(90));
        }
        assertThat(source.complete()).isTrue();
        return out.toString(ISO_8859_1);
    }

    /** A text that comes in pieces of any size. */
    private static final class Cut implements Source {
        private final byte[] text;
        private final Random random;
        private int at;

        Cut(byte[] text, Random random) {
            this.text = text;
            this.random = random;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == text.length) {
                return -1;
            }
            int count = Math.min(length, Math.min(text.length - at, 1 + random.nextInt(30)));
            System.arraycopy(text, at, into, offset, count);
            at += count;
            return count;
        }

        @Override
        public boolean complete() {
            return at == text.length;
        }

        @Override
        public void close(Outcome why) {}
    }
}
