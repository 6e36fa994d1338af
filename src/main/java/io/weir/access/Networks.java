package io.weir.access;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are allowed, as {@code 10.1.0.0/16}, {@code 2001:db8::/32} or a single address.
 * None at all allow every address.
 */
public final class Networks {
    /** Every address. */
    public static final Networks ANY = new Networks(List.of());

    private final List<String> all;
    private final List<Range> ranges;

    /**
     * Of those.
     *
     * @throws IllegalArgumentException naming one that is none
     */
    public Networks(List<String> all) {
        this.all = List.copyOf(all);
        this.ranges = all.stream().map(Networks::parse).toList();
    }

    /** The bits of an address that count. */
    private record Range(byte[] address, int bits) {
        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int i = 0; i < bits; i += 8) {
                int mask = bits - i >= 8 ? 0xff : 0xff << (8 - (bits - i)) & 0xff;
                if ((address[i / 8] & mask) != (other[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** As they were written. */
    public List<String> all() {
        return all;
    }

    /** Whether an address is allowed. */
    public boolean allow(InetAddress address) {
        return ranges.isEmpty() || hold(address);
    }

    /** Whether one of them holds an address. */
    public boolean hold(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ranges.stream().anyMatch(range -> range.holds(bytes));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Networks networks && all.equals(networks.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }

    private static Range parse(String text) {
        int slash = text.indexOf('/');
        try {
            byte[] address =
                    InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
            int most = address.length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= most) {
                return new Range(address, bits);
            }
        } catch (IllegalArgumentException e) {
            throw notOne(text, e);
        }
        throw notOne(text, null);
    }

    private static IllegalArgumentException notOne(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "'%s' is not a network: give 10.1.0.0/16, 2001:db8::/32 or an address"
                        .formatted(text),
                cause);
    }
}
