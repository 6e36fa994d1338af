package io.weir.export.otlp;

import com.google.protobuf.ByteString;
import io.weir.call.CallRecord;
import io.weir.call.TraceContext;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a call is in a trace, as OTLP has it. A record that is older than such places is the root
 * of a trace of its own.
 */
record Place(ByteString trace, @Nullable ByteString parent, ByteString span, int flags) {
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    static Place of(CallRecord call) {
        TraceContext noted = call.request().trace();
        TraceContext context =
                noted != null && isWhole(noted) ? noted : TraceContext.root(call.id());
        return new Place(
                bytes(context.traceId()),
                context.parentSpanId() == null ? null : bytes(context.parentSpanId()),
                bytes(context.spanId()),
                context.flags());
    }

    /** The span of an attempt, the same each time it is asked for. */
    static ByteString attempt(CallRecord call, int number) {
        return bytes(TraceContext.spanId(call.id(), number));
    }

    /** Nanoseconds since 1970 of a moment so many microseconds after a call was received. */
    static long nanos(CallRecord call, long micros) {
        Instant received = call.receivedAt();
        return TimeUnit.SECONDS.toNanos(received.getEpochSecond())
                + received.getNano()
                + TimeUnit.MICROSECONDS.toNanos(Math.max(0, micros));
    }

    private static boolean isWhole(TraceContext context) {
        return isHex(context.traceId(), TRACE_DIGITS)
                && isHex(context.spanId(), SPAN_DIGITS)
                && (context.parentSpanId() == null || isHex(context.parentSpanId(), SPAN_DIGITS));
    }

    private static boolean isHex(String text, int digits) {
        return text.length() == digits && text.chars().allMatch(HexFormat::isHexDigit);
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
