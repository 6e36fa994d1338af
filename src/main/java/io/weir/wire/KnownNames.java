package io.weir.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The member names a reader cares for, found from their bytes without making a string. Immutable.
 */
public final class KnownNames {
    /** What {@link #index} says of a name that is none of them. */
    static final int UNKNOWN = -1;

    private final String[] names;
    private final byte[][] bytes;
    private final int[] slots;

    private KnownNames(String[] names) {
        this.names = names;
        bytes = new byte[names.length][];
        slots = new int[Integer.highestOneBit(names.length) * 8];
        Arrays.fill(slots, UNKNOWN);
        for (int i = 0; i < names.length; i++) {
            bytes[i] = names[i].getBytes(StandardCharsets.UTF_8);
            slots[freeSlot(bytes[i])] = i;
        }
    }

    /** These names, at most 64, none empty, none twice. */
    public static KnownNames of(String... names) {
        return new KnownNames(names.clone());
    }

    /** The name with that index; empty for {@link #UNKNOWN}. */
    String name(int index) {
        return index == UNKNOWN ? "" : names[index];
    }

    /** Which of the names these bytes are. */
    int index(byte[] text, int start, int end) {
        if (start == end) {
            return UNKNOWN;
        }
        int slot = hash(text, start, end) & (slots.length - 1);
        while (slots[slot] != UNKNOWN) {
            byte[] name = bytes[slots[slot]];
            if (Arrays.equals(text, start, end, name, 0, name.length)) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return UNKNOWN;
    }

    private int freeSlot(byte[] name) {
        int slot = hash(name, 0, name.length) & (slots.length - 1);
        while (slots[slot] != UNKNOWN) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private static int hash(byte[] text, int start, int end) {
        int length = end - start;
        int mixed = text[start] * 31 + text[start + length / 2] * 17 + text[end - 1];
        return mixed * 7 + length;
    }
}
