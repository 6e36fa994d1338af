package io.weir.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Headers;
import org.junit.jupiter.api.Test;

class CacheControlTest {
    @Test
    void readsWhatARequestAsks() {
        assertThat(CacheControl.of(Headers.NONE)).isEqualTo(CacheControl.NONE);
        assertThat(of("NO-STORE")).isEqualTo(new CacheControl(true, false, false, Long.MAX_VALUE));
        assertThat(of("no-cache , only-if-cached,max-age=7"))
                .isEqualTo(new CacheControl(false, true, true, 7));
        assertThat(of("min-fresh=1, x")).isEqualTo(CacheControl.NONE);
    }

    @Test
    void severalFieldsAreOneAndTheStrictestAgeCounts() {
        Headers two = Headers.of("cache-control", "max-age=9", "Cache-Control", "max-age=3");
        assertThat(CacheControl.of(two).maxAgeSeconds()).isEqualTo(3);
    }

    @Test
    void anAgeThatIsNoNumberLetsNothingPass() {
        assertThat(of("max-age=-1").maxAgeSeconds()).isZero();
        assertThat(of("max-age=soon").maxAgeSeconds()).isZero();
        assertThat(of("max-age=\"5\"").maxAgeSeconds()).isEqualTo(5);
        assertThat(of("max-age=99999999999999999999").maxAgeSeconds()).isZero();
    }

    private static CacheControl of(String value) {
        return CacheControl.of(Headers.of("cache-control", value));
    }
}
