package io.weir.emulator;

import java.util.concurrent.atomic.AtomicLong;

/** Names for answers and calls, in an order that a seed determines. Any thread may ask. */
final class Ids {
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final AtomicLong next;

    Ids(long seed) {
        this.next = new AtomicLong(seed);
    }

    /** A new name: the prefix, then so many letters and digits. */
    String next(String prefix, int length) {
        StringBuilder name = new StringBuilder(prefix.length() + length).append(prefix);
        long state = next.getAndAdd(0x9E3779B97F4A7C15L);
        for (int i = 0; i < length; i++) {
            if (i % 8 == 0) {
                state = mixed(state + i + 1);
            }
            name.append(ALPHABET.charAt((int) ((state >>> (8 * (i % 8)) & 0xFF) % 62)));
        }
        return name.toString();
    }

    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
