package io.weir.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "168.63.129.15",
                "168.63.129.17",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700::1111",
                "3ffe:ffff::1"
            })
    void thePublicInternetIsOpen(String address) {
        assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:0:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::8.8.8.8",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::1",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void everythingElseIsClosed(String address) {
        assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.128/25, 10.0.0.128, true",
        "10.0.0.128/25, 10.0.0.127, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, ::1, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "fd00::/9, fd7f::1, true",
        "fd00::/9, fd80::1, false",
        "::1, ::1, true"
    })
    void aRangeHoldsWhatBeginsLikeIt(String range, String address, boolean holds) {
        assertThat(AddressRange.of(range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "fd00::/129",
                "10/8",
                "/8",
                "a b",
                "",
                "127.1",
                "0x7f000001",
                "fe80::1%eth0"
            })
    void whatIsNoHostIsNotAllowed(String entry) {
        assertThatThrownBy(() -> new AllowedHosts(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNamedHostMayBeAnywhereAndOthersOnlyInNamedRanges() {
        AllowedHosts allowed =
                new AllowedHosts(List.of("Splunk.Corp.", "[fd12::1]", "10.1.0.0/16"));
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        assertThat(allowed.admit("splunk.corp", loopback)).isTrue();
        assertThat(allowed.admit("evil.splunk.corp", loopback)).isFalse();
        assertThat(allowed.admit("other.corp", InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(allowed.admit("other.corp", InetAddress.ofLiteral("10.2.2.3"))).isFalse();
        assertThat(allowed.admit("other.corp", InetAddress.ofLiteral("fd12::1"))).isTrue();
        assertThat(allowed.admit("other.corp", InetAddress.ofLiteral("8.8.8.8"))).isTrue();
        assertThat(allowed.name("splunk.corp")).isTrue();
        assertThat(allowed.name("10.1.9.9")).isTrue();
        assertThat(allowed.name("other.corp")).isFalse();
    }
}
