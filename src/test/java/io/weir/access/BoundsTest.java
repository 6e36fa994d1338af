package io.weir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.128.0/17, 10.1.127.255, false",
        "10.1.128.0/17, 10.1.128.0, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true"
    })
    void aNetworkHoldsItsAddresses(String network, String address, boolean holds) {
        Networks networks = new Networks(List.of(network));
        assertThat(networks.allow(InetAddress.ofLiteral(address))).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "host.test", "::/129", "/8"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Networks(List.of(text)))
                .withMessageContaining("is not a network");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5*, gpt-5-mini, true",
        "gpt-5*, gpt-5, true",
        "gpt-5*, gpt-4o, false",
        "gpt-5, gpt-5-mini, false",
        "*, anything, true",
        "gpt-5*, xgpt-5, false"
    })
    void aPatternAllowsItsNames(String pattern, String name, boolean allows) {
        assertThat(new Patterns(List.of(pattern)).allow(name)).isEqualTo(allows);
    }

    @Test
    void nothingSaidAllowsEverything() {
        assertThat(Patterns.ANY.allow("x")).isTrue();
        assertThat(Networks.ANY.allow(InetAddress.ofLiteral("203.0.113.9"))).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new Patterns(List.of("a*b")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Patterns(List.of(" ")));
    }
}
