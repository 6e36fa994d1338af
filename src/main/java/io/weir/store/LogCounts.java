package io.weir.store;

import java.util.Map;
import java.util.TreeMap;

/** A histogram in buckets that are 5 % wide. Mutable, for one thread. */
final class LogCounts {
    /** Buckets in a factor of e: each is 5 % wide. */
    private static final int A_FACTOR_OF_E = 20;

    private final TreeMap<Short, Integer> counts = new TreeMap<>();

    /** Adds a duration, by its milliseconds. */
    void addMicros(long micros) {
        add(Math.max(micros, 1) / 1_000.0);
    }

    /** Adds what is greater than nothing. */
    void add(double value) {
        counts.merge((short) Math.floor(Math.log(value) * A_FACTOR_OF_E), 1, Integer::sum);
    }

    /** Which buckets there are, ascending. */
    short[] logs() {
        short[] logs = new short[counts.size()];
        int i = 0;
        for (short log : counts.keySet()) {
            logs[i++] = log;
        }
        return logs;
    }

    /** So many times as many as there are in each of them. */
    int[] counts(int times) {
        int[] values = new int[counts.size()];
        int i = 0;
        for (Map.Entry<Short, Integer> bucket : counts.entrySet()) {
            values[i++] = times * bucket.getValue();
        }
        return values;
    }
}
