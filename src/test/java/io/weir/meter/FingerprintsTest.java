package io.weir.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Calls;
import io.weir.call.Fingerprint;
import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final int KB = 1_024;

    private final Fingerprints fingerprints = new Fingerprints(new Secret("one"));

    @Test
    void equalRequestsHaveTheSameWhoeverAsks() {
        assertThat(of("{\"model\":\"m\",\"messages\":[1],\"user\":\"a\"}"))
                .isEqualTo(of("{\"model\":\"m\",\"messages\":[1],\"user\":\"b\"}"))
                .isEqualTo(of("{\"model\":\"m\",\"messages\":[1]}"));
    }

    @Test
    void whateverMayChangeTheAnswerMakesAnother() {
        Set<Long> seen = new HashSet<>();
        seen.add(of("{\"model\":\"m\",\"messages\":[1]}").request());
        seen.add(of("{\"model\":\"n\",\"messages\":[1]}").request());
        seen.add(of("{\"model\":\"m\",\"messages\":[2]}").request());
        seen.add(of("{\"model\":\"m\",\"messages\":[1],\"temperature\":0}").request());
        seen.add(at("/v1/responses", "{\"model\":\"m\",\"messages\":[1]}").request());
        assertThat(seen).hasSize(5);
    }

    @Test
    void whoeverHasNotTheSecretCannotTryATextOut() {
        Call call = Calls.chat("{\"model\":\"m\",\"messages\":[1]}");
        assertThat(new Fingerprints(new Secret("two")).of(call))
                .isNotNull()
                .isNotEqualTo(fingerprints.of(call));
    }

    @Test
    void promptsThatBeginAlikeShareTheirBeginnings() {
        Fingerprint one = asking("a".repeat(9 * KB) + "b".repeat(10 * KB));
        Fingerprint other = asking("a".repeat(9 * KB) + "c".repeat(10 * KB));
        assertThat(one.beginnings()).hasSize(5).doesNotHaveDuplicates();
        assertThat(one.beginnings().subList(0, 3)).isEqualTo(other.beginnings().subList(0, 3));
        assertThat(one.beginnings().get(3)).isNotEqualTo(other.beginnings().get(3));
        assertThat(one.beginnings().getLast()).isNotEqualTo(other.beginnings().getLast());
        assertThat(one.request()).isNotEqualTo(other.request());
    }

    @Test
    void whereAPartEndsMakesNoDifferenceToABeginning() {
        String instructions = "i".repeat(5 * KB);
        Fingerprint one =
                of(
                        "{\"instructions\":\"%s\",\"input\":\"%s\"}"
                                .formatted(instructions, "x".repeat(4 * KB)));
        Fingerprint other =
                of(
                        "{\"input\":\"%s\",\"instructions\":\"%s\"}"
                                .formatted("y".repeat(4 * KB), instructions));
        assertThat(one.beginnings()).hasSize(3);
        assertThat(one.beginnings().getFirst()).isEqualTo(other.beginnings().getFirst());
        assertThat(one.beginnings().getLast()).isNotEqualTo(other.beginnings().getLast());
    }

    @Test
    void aPromptHasABeginningAsSoonAsItIsAsLong() {
        int around = "\"\"".length();
        assertThat(asking("a".repeat(4 * KB - around - 1)).beginnings()).isEmpty();
        assertThat(asking("a".repeat(4 * KB - around)).beginnings()).hasSize(1);
        assertThat(asking("a".repeat(5 << 20)).beginnings()).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{\"model\":"})
    void whatIsNoRequestHasNone(String body) {
        assertThat(fingerprints.of(Calls.chat(body))).isNull();
    }

    @Test
    void aBodyThatIsNotHeldHasNone() {
        assertThat(fingerprints.of(Calls.of("POST", CHAT, new Body.None()))).isNull();
    }

    @Test
    void beginningsGrowByAThirdOrAHalf() {
        assertThat(IntStream.range(0, 6).mapToLong(Fingerprint::bytes))
                .containsExactly(4_096L, 6_144L, 8_192L, 12_288L, 16_384L, 24_576L);
        assertThat(Fingerprint.bytes(19)).isEqualTo(3L << 20);
    }

    @Test
    void isReadAsItIsWritten() {
        for (long hash : List.of(0L, 1L, -1L, Long.MIN_VALUE, 0x0123_4567_89ab_cdefL)) {
            assertThat(Fingerprint.of(Fingerprint.text(hash))).isEqualTo(hash);
        }
    }

    private Fingerprint asking(String prompt) {
        return of("{\"prompt\":\"" + prompt + "\",\"model\":\"m\"}");
    }

    private Fingerprint of(String body) {
        return at(CHAT, body);
    }

    private Fingerprint at(String path, String body) {
        @Nullable Fingerprint taken =
                fingerprints.of(
                        Calls.of(
                                "POST",
                                path,
                                new Body.Bytes(body.getBytes(StandardCharsets.UTF_8))));
        return Objects.requireNonNull(taken);
    }
}
