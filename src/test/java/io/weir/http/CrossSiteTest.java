package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSiteTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, false",
                "same-origin, -, false",
                "none, -, false",
                "same-site, -, true",
                "cross-site, -, true",
                "cross-site, http://weir.test:8080, true",
                "-, http://weir.test:8080, false",
                "-, https://WEIR.test:8080, false",
                "-, http://weir.test, true",
                "-, http://evil.test, true",
                "-, null, true",
                "-, ://, true"
            })
    void knowsWhoMadeTheBrowserSend(
            @Nullable String site, @Nullable String origin, boolean crossSite) {
        Headers headers = Headers.of("host", "weir.test:8080");
        if (site != null) {
            headers = headers.and("sec-fetch-site", site);
        }
        if (origin != null) {
            headers = headers.and("origin", origin);
        }
        assertThat(CrossSite.sent(headers)).isEqualTo(crossSite);
    }
}
