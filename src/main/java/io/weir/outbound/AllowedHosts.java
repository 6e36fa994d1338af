package io.weir.outbound;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Where an exporter may connect to: the public internet, and what its operator names. */
final class AllowedHosts {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

    private final Set<String> names = new HashSet<>();
    private final List<AddressRange> ranges = new ArrayList<>();

    /**
     * What an operator names.
     *
     * @param entries host names, addresses, and ranges as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException naming the entry that is none of these
     */
    AllowedHosts(List<String> entries) {
        for (String entry : entries) {
            String plain = plain(entry);
            if (plain.indexOf('/') >= 0 || AddressRange.address(plain) != null) {
                ranges.add(AddressRange.of(plain));
            } else if (NAME.matcher(plain).matches() && !endsInNumber(plain)) {
                names.add(plain);
            } else {
                throw new IllegalArgumentException(
                        "'%s' in allow is no host: write a name, an address or a range as 10.0.0.0/8"
                                .formatted(entry));
            }
        }
    }

    /** Whether a host is named itself: by its name, or as an address within a range. */
    boolean name(String host) {
        InetAddress literal = AddressRange.address(host);
        return names.contains(host) || (literal != null && inRange(literal));
    }

    /** Whether this address of that host may be connected to. */
    boolean admit(String host, InetAddress address) {
        return PublicAddresses.contain(address) || names.contains(host) || inRange(address);
    }

    /** A host as it is compared: in lower case, without brackets and without the root's dot. */
    static String plain(String host) {
        String plain = host.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("[") && plain.endsWith("]")) {
            return plain.substring(1, plain.length() - 1);
        }
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** Whether some resolver may read a host as an address, whatever the notation. */
    static boolean endsInNumber(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return !last.isEmpty() && Character.digit(last.charAt(0), 10) >= 0;
    }

    private boolean inRange(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
