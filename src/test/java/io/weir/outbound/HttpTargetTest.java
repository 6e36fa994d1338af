package io.weir.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTargetTest {
    private static final AllowedHosts NOBODY = new AllowedHosts(List.of());

    @ParameterizedTest
    @CsvSource({
        "https://Logs.Example.com, https://logs.example.com, 443, /",
        "https://logs.example.com./a/b?c=d, https://logs.example.com, 443, /a/b?c=d",
        "HTTPS://logs.example.com:8088, https://logs.example.com:8088, 8088, /",
        "https://203.0.113.7/x, https://203.0.113.7, 443, /x",
        "'https://[2001:4860::8888]:8443/', 'https://[2001:4860::8888]:8443', 8443, /"
    })
    void aUrlLeadsToOneServer(String url, String shown, int port, String path) {
        HttpTarget target = HttpTarget.of(URI.create(url), NOBODY);
        assertThat(target).hasToString(shown);
        assertThat(target.port()).isEqualTo(port);
        assertThat(target.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://2130706433/S3CRET",
                "https://0x7f000001/S3CRET",
                "https://0x7f.0.0.1/S3CRET",
                "https://0177.0.0.1/S3CRET",
                "https://127.1/S3CRET",
                "https://127.0.0.01/S3CRET",
                "https://127.0.0.1./S3CRET",
                "https://a.1/S3CRET",
                "https://[fe80::1%25eth0]/S3CRET",
                "https://[fe80::1%eth0]/S3CRET",
                "https://user:S3CRET@example.com/",
                "https://S3CRET@example.com/",
                "https://S3CRET@2130706433/",
                "https://example.com@127.0.0.1/S3CRET",
                "https://exam_ple.com:/S3CRET",
                "https://example.com/#S3CRET",
                "https://example.com:0/S3CRET",
                "https://example.com:65536/S3CRET",
                "https:///S3CRET",
                "https:S3CRET",
                "http://example.com/S3CRET",
                "ftp://example.com/S3CRET",
                "file:///S3CRET",
                "//example.com/S3CRET"
            })
    void anOddUrlIsRefusedWithoutBeingShown(String url) {
        assertThatThrownBy(() -> HttpTarget.of(URI.create(url), NOBODY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a destination's url")
                .hasMessageNotContaining("S3CRET");
    }

    @Test
    void plainHttpIsForNamedHosts() {
        AllowedHosts allowed = new AllowedHosts(List.of("splunk.corp", "127.0.0.0/8"));
        assertThat(HttpTarget.of(URI.create("http://splunk.corp:8088"), allowed).tls()).isFalse();
        assertThat(HttpTarget.of(URI.create("http://127.0.0.1"), allowed).port()).isEqualTo(80);
        assertThatThrownBy(() -> HttpTarget.of(URI.create("http://8.8.8.8"), allowed))
                .hasMessageContaining("named in allow");
    }
}
