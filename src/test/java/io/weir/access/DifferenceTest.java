package io.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.wire.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1,'b':'x'}               | {'a':1,'b':'y'}                | b x → y",
                "{'time_zone':'UTC'}           | {'time_zone':''}               | time zone UTC → nothing",
                "{'disabled':false}            | {'disabled':true}              | disabled no → yes",
                "{'models':[]}                 | {'models':['a','b']}           | models a, b",
                "{'models':['a']}              | {'models':['b'],'owner':'ada'} | models a → b; owner ada",
                "{'retiring':{'until':'T'}}    | {}                             | old key until T → nothing",
                "{'hash':'x','id':'1'}         | {'hash':'y','id':'2'}          | ''",
                "{'a':null}                    | {}                             | ''",
            })
    void saysWhatDiffers(String before, String after, String words) {
        assertThat(words(before, after)).isEqualTo(words);
    }

    @Test
    void whatIsNewSaysWhatItIsAndNotWhatItIsNot() {
        assertThat(words(null, "{'id':'key_1','name':'ci','owner':'','disabled':false,'tags':[]}"))
                .isEqualTo("name ci");
        assertThat(words("{'name':'ci','disabled':true}", null))
                .isEqualTo("name ci → nothing; disabled yes → nothing");
        assertThat(words(null, null)).isEmpty();
    }

    @Test
    void anExpiryIsSaidAsASpanAnInstantOrNever() {
        assertThat(Expiry.of("90d").from(NOW)).isEqualTo("2027-02-24T12:00:00Z");
        assertThat(Expiry.of("2w").from(NOW)).isEqualTo("2026-12-10T12:00:00Z");
        assertThat(Expiry.of("2027-01-31T00:00:00Z").from(NOW)).isEqualTo("2027-01-31T00:00:00Z");
        assertThat(Expiry.of("never").from(NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "d", "-1d", "123456d", "soon", "2027-01-31", "90d "})
    void whatIsNoExpiryIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expiry.of(text))
                .withMessageContaining("give 90d, 12h, never");
    }

    private static String words(@Nullable String before, @Nullable String after) {
        return Difference.words(
                Difference.between(
                        before == null ? null : Json.MAPPER.readTree(before.replace('\'', '"')),
                        after == null ? null : Json.MAPPER.readTree(after.replace('\'', '"'))));
    }
}
