package io.weir.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of the public internet, by IANA's registries of special purpose addresses (RFC
 * 6890): what is left when everything private, local, reserved or translated is taken away.
 */
final class PublicAddresses {
    private static final List<AddressRange> SPECIAL_4 =
            ranges(
                    "0.0.0.0/8", // this network, unspecified
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // behind a carrier's NAT; metadata of Alibaba Cloud
                    "127.0.0.0/8", // loopback
                    "168.63.129.16/32", // Azure's platform, in a public range
                    "169.254.0.0/16", // link-local; metadata of AWS, Google Cloud and Azure
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments; metadata of Oracle Cloud
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // relays of 6to4
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4"); // reserved, broadcast

    /**
     * Everything else is loopback, unspecified, link-local, site-local, unique local (where AWS has
     * its metadata), multicast, reserved, or an IPv4 address that is mapped or translated.
     */
    private static final AddressRange GLOBAL_6 = AddressRange.of("2000::/3");

    private static final List<AddressRange> SPECIAL_6 =
            ranges(
                    "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4, with any IPv4 address inside
                    "3fff::/20"); // documentation

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (address instanceof Inet6Address) {
            return GLOBAL_6.contains(address)
                    && SPECIAL_6.stream().noneMatch(range -> range.contains(address));
        }
        return SPECIAL_4.stream().noneMatch(range -> range.contains(address));
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::of).toList();
    }
}
