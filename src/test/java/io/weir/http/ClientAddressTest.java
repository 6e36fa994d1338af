package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.access.Networks;
import io.weir.wire.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    private final ClientAddress clients =
            new ClientAddress(new Networks(List.of("10.0.0.0/8", "192.0.2.1")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.5 | 198.51.100.1 | 203.0.113.5",
                "10.0.0.1 | 198.51.100.1 | 198.51.100.1",
                "10.0.0.1 | 6.6.6.6, 198.51.100.1 | 198.51.100.1",
                "10.0.0.1 | 198.51.100.1, 10.9.9.9, 192.0.2.1 | 198.51.100.1",
                "10.0.0.1 | 10.1.1.1 | 10.1.1.1",
                "10.0.0.1 | rubbish | 10.0.0.1",
                "10.0.0.1 | '' | 10.0.0.1",
                "10.0.0.1 | 198.51.100.1, rubbish, 10.2.2.2 | 10.2.2.2"
            })
    void onlyTrustedProxiesAreBelieved(String peer, String forwarded, String client) {
        InetSocketAddress socket = new InetSocketAddress(InetAddress.ofLiteral(peer), 4_000);
        Headers headers = Headers.of("x-forwarded-for", forwarded);
        assertThat(clients.of(socket, headers)).isEqualTo(InetAddress.ofLiteral(client));
        assertThat(ClientAddress.OF_PEER.of(socket, headers))
                .isEqualTo(InetAddress.ofLiteral(peer));
    }
}
