package io.weir.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Watches one answer arrive: when its first content token came, whether a stream reached its end,
 * and, when asked, the body (whole) or the event with the usage (streamed). One thread.
 */
final class AnswerWatch implements AnswerBody {
    private static final byte[] DATA = "data:".getBytes(UTF_8);
    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);
    private static final byte[] CONTENT = "\"content\"".getBytes(UTF_8);
    private static final byte[] TEXT = "\"text\"".getBytes(UTF_8);
    private static final byte[] USAGE = "\"usage\"".getBytes(UTF_8);
    private static final byte[] ERROR = "\"error\"".getBytes(UTF_8);

    private final boolean keep;
    private final Ticker ticker;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream cutLine = new ByteArrayOutputStream(0);
    private boolean events;
    private boolean succeeded;
    private boolean done;
    private boolean errorEvent;
    private byte @Nullable [] usageEvent;
    private long firstTokenNanos;

    /**
     * @param keep whether the body or the usage is wanted afterwards
     */
    AnswerWatch(boolean keep, Ticker ticker) {
        this.keep = keep;
        this.ticker = ticker;
    }

    void head(AnswerHead head) {
        events = head.events();
        succeeded = head.status() < 300;
    }

    @Override
    public void accept(byte[] bytes, int from, int length) {
        if (events) {
            lines(bytes, from, from + length);
        } else if (keep || !succeeded) {
            kept.write(bytes, from, length);
        }
    }

    /** Nanoseconds from {@code start} to a stream's first content token; 0 when there was none. */
    long firstTokenAfter(long start) {
        return firstTokenNanos == 0 ? 0 : firstTokenNanos - start;
    }

    /** Whether a stream broke off: no end was announced, or an error came in place of it. */
    boolean broken() {
        return events && succeeded && (!done || errorEvent);
    }

    /** The JSON that holds the usage or the error: the body, or the event with it. */
    byte[] json() {
        if (!events) {
            return kept.toByteArray();
        }
        return usageEvent == null ? new byte[0] : usageEvent;
    }

    private void lines(byte[] bytes, int from, int to) {
        int lineStart = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (cutLine.size() == 0) {
                line(bytes, lineStart, i);
            } else {
                cutLine.write(bytes, lineStart, i - lineStart);
                byte[] line = cutLine.toByteArray();
                cutLine.reset();
                line(line, 0, line.length);
            }
            lineStart = i + 1;
        }
        cutLine.write(bytes, lineStart, to - lineStart);
    }

    private void line(byte[] bytes, int from, int to) {
        if (!startsWith(bytes, from, to, DATA)) {
            return;
        }
        if (firstTokenNanos == 0
                && (hasText(bytes, from, to, CONTENT) || hasText(bytes, from, to, TEXT))) {
            firstTokenNanos = ticker.nanos();
        }
        int value = skipSpaces(bytes, from + DATA.length, to);
        done |= startsWith(bytes, value, to, DONE);
        errorEvent |= startsWith(bytes, skipSpaces(bytes, value + 1, to), to, ERROR);
        if (keep && opens(bytes, valueAfter(bytes, from, to, USAGE), to, '{')) {
            usageEvent = Arrays.copyOfRange(bytes, value, to);
        }
    }

    private static boolean hasText(byte[] bytes, int from, int to, byte[] name) {
        int value = valueAfter(bytes, from, to, name);
        return opens(bytes, value, to, '"') && value + 1 < to && bytes[value + 1] != '"';
    }

    private static boolean opens(byte[] bytes, int at, int to, char with) {
        return at >= 0 && at < to && bytes[at] == with;
    }

    /** Where the value of a member of that name begins; -1 when there is none. */
    private static int valueAfter(byte[] bytes, int from, int to, byte[] name) {
        for (int i = from; i <= to - name.length; i++) {
            if (bytes[i] == '"' && startsWith(bytes, i, to, name)) {
                int colon = skipSpaces(bytes, i + name.length, to);
                return opens(bytes, colon, to, ':') ? skipSpaces(bytes, colon + 1, to) : -1;
            }
        }
        return -1;
    }

    private static int skipSpaces(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        return to - from >= prefix.length
                && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
