package io.weir.http;

import io.weir.access.Networks;
import io.weir.wire.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the peer of its connection or, where that is a proxy that the
 * operator trusts, whoever came to the first proxy that is not.
 *
 * @param trusted proxies, whose {@code x-forwarded-for} is believed
 */
public record ClientAddress(Networks trusted) {
    /** Nobody's {@code x-forwarded-for} is believed. */
    public static final ClientAddress OF_PEER = new ClientAddress(new Networks(List.of()));

    @Nullable InetAddress of(SocketAddress peer, Headers headers) {
        @Nullable InetAddress address =
                peer instanceof InetSocketAddress socket ? socket.getAddress() : null;
        if (address == null || !trusted.hold(address)) {
            return address;
        }
        List<String> way = forwarded(headers);
        for (int i = way.size() - 1; i >= 0; i--) {
            try {
                address = InetAddress.ofLiteral(way.get(i));
            } catch (IllegalArgumentException e) {
                return address;
            }
            if (!trusted.hold(address)) {
                return address;
            }
        }
        return address;
    }

    private static List<String> forwarded(Headers headers) {
        return headers.all("x-forwarded-for").stream()
                .flatMap(field -> List.of(field.split(",", -1)).stream())
                .map(String::strip)
                .toList();
    }
}
