package io.weir.replay;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A recorded load: when calls came and how long they were, in the order they came.
 *
 * @param calls ascending by offset
 */
public record Trace(List<TraceCall> calls) {
    public Trace {
        calls = List.copyOf(calls);
    }

    /** The first {@code count} calls. */
    public Trace first(int count) {
        return count >= calls.size() ? this : new Trace(calls.subList(0, count));
    }

    /** From the first call's start to the last one's. */
    public Duration span() {
        return calls.isEmpty()
                ? Duration.ZERO
                : Duration.of(calls.getLast().offsetMicros(), ChronoUnit.MICROS);
    }

    /** All prompts together. */
    public long inputTokens() {
        return calls.stream().mapToLong(TraceCall::inputTokens).sum();
    }

    /** All answers together. */
    public long outputTokens() {
        return calls.stream().mapToLong(TraceCall::outputTokens).sum();
    }
}
