package io.weir.outbound;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin with the same bits, written as CIDR does: {@code 10.0.0.0/8}.
 *
 * @param bits how many of the base's count
 */
record AddressRange(InetAddress base, int bits) {
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

    /**
     * Four decimal numbers without leading zeros: other spellings are octal to one reader and
     * decimal to the next.
     */
    private static final Pattern QUAD =
            Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    AddressRange {
        if (bits > base.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    base.getHostAddress() + " has no " + bits + " bits: give fewer after the /");
        }
    }

    /**
     * The range of a text, an address with or without {@code /bits}.
     *
     * @throws IllegalArgumentException saying what a range looks like
     */
    static AddressRange of(String text) {
        int slash = text.indexOf('/');
        InetAddress base = address(slash < 0 ? text : text.substring(0, slash));
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        if (base == null || (slash >= 0 && !BITS.matcher(bits).matches())) {
            throw new IllegalArgumentException(
                    "'%s' is no range of addresses: write 10.0.0.0/8 or fd00::/8".formatted(text));
        }
        return new AddressRange(
                base, slash < 0 ? base.getAddress().length * Byte.SIZE : Integer.parseInt(bits));
    }

    /**
     * The address that a text spells in the one usual way, without asking anybody; null if none.
     */
    static @Nullable InetAddress address(String text) {
        boolean six = text.indexOf(':') >= 0 && text.indexOf('%') < 0;
        if (!six && !QUAD.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int unused = Math.max(0, Byte.SIZE - (bits - bit));
            int differing = (mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & 0xff;
            if (differing >>> unused != 0) {
                return false;
            }
        }
        return true;
    }
}
