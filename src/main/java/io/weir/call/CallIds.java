package io.weir.call;

import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * UUIDv7 (RFC 9562, section 5.7): the time in milliseconds, then 74 random bits. Safe for any
 * number of threads.
 */
public final class CallIds implements Supplier<UUID> {
    private final LongSupplier millis;
    private final LongSupplier random;

    /**
     * Ids made of a clock and a source of randomness.
     *
     * @param millis since 1970
     * @param random 64 random bits a call
     */
    public CallIds(LongSupplier millis, LongSupplier random) {
        this.millis = millis;
        this.random = random;
    }

    @Override
    public UUID get() {
        long high = (millis.getAsLong() << 16) | 0x7000L | (random.getAsLong() & 0x0fffL);
        long low = (random.getAsLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
