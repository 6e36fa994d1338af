package io.weir.call;

import io.weir.wire.Headers;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call's place in a distributed trace (W3C Trace Context). A call that comes without a {@code
 * traceparent} is the root of a trace whose id is the call's own. Ids are lower case hexadecimal.
 *
 * @param traceId 32 digits
 * @param parentSpanId 16 digits, the caller's span; null where the call is the root
 * @param spanId 16 digits, the call's own span
 * @param flags 1 where the trace is sampled, 2 where its id is random: the bits that have a meaning
 */
public record TraceContext(
        String traceId, @Nullable String parentSpanId, String spanId, int flags) {
    private static final String HEADER = "traceparent";
    private static final String VERSION = "00";
    private static final String NO_VERSION = "ff";
    private static final int LENGTH = 55;
    private static final int TRACE = 3;
    private static final int PARENT = 36;
    private static final int FLAGS = 53;
    private static final int KNOWN_FLAGS = 3;
    private static final int SAMPLED = 1;

    /** An odd number near 2^64 divided by the golden ratio, as SplitMix64 has it. */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    /** The place of a call that comes with these fields; what is not valid there is not heeded. */
    public static TraceContext of(Headers headers, UUID callId) {
        String parent = only(headers);
        if (parent == null || !isValid(parent)) {
            return root(callId);
        }
        return new TraceContext(
                parent.substring(TRACE, PARENT - 1),
                parent.substring(PARENT, FLAGS - 1),
                spanId(callId, 0),
                HexFormat.fromHexDigit(parent.charAt(LENGTH - 1)) & KNOWN_FLAGS);
    }

    /** The place of a call that nobody traced before; the same each time it is asked for. */
    public static TraceContext root(UUID callId) {
        HexFormat hex = HexFormat.of();
        return new TraceContext(
                hex.toHexDigits(callId.getMostSignificantBits())
                        + hex.toHexDigits(callId.getLeastSignificantBits()),
                null,
                spanId(callId, 0),
                SAMPLED);
    }

    /**
     * The id of a span of Weir's: of the call itself for 0, of an attempt for its number. It is
     * SplitMix64's output of that number for the call's last 64 bits, so that whoever has the
     * record has the ids.
     */
    public static String spanId(UUID callId, int attempt) {
        long z = callId.getLeastSignificantBits() + (attempt + 1) * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        z ^= z >>> 31;
        return HexFormat.of().toHexDigits(z == 0 ? 1 : z);
    }

    /** Whether the caller began the trace. */
    public boolean continued() {
        return parentSpanId != null;
    }

    /** The {@code traceparent} that makes a span of this trace the parent of what is asked next. */
    public String traceparent(String parent) {
        return VERSION + "-" + traceId + "-" + parent + "-0" + flags;
    }

    /** The field's value; null where there is none, or more than one. */
    private static @Nullable String only(Headers headers) {
        String found = null;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equalsIgnoreCase(HEADER)) {
                if (found != null) {
                    return null;
                }
                found = headers.value(i);
            }
        }
        return found;
    }

    /** Whether it is of version 00, or of a later one that begins like it. */
    private static boolean isValid(String text) {
        int length = text.length();
        if (length < LENGTH || text.startsWith(NO_VERSION)) {
            return false;
        }
        boolean ends =
                length == LENGTH || (!text.startsWith(VERSION) && text.charAt(LENGTH) == '-');
        return ends
                && text.charAt(TRACE - 1) == '-'
                && text.charAt(PARENT - 1) == '-'
                && text.charAt(FLAGS - 1) == '-'
                && digits(text, 0, TRACE - 1) >= 0
                && digits(text, TRACE, PARENT - 1) > 0
                && digits(text, PARENT, FLAGS - 1) > 0
                && digits(text, FLAGS, LENGTH) >= 0;
    }

    /** How many of the digits are not 0; -1 where one is no lower case hexadecimal digit. */
    private static int digits(String text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c != '0') {
                if ((c < '1' || c > '9') && (c < 'a' || c > 'f')) {
                    return -1;
                }
                count++;
            }
        }
        return count;
    }
}
