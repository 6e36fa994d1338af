package io.weir.wire;

import io.weir.wire.Endpoint.Dialect;
import java.util.List;
import java.util.Set;

/**
 * What a streamed answer has said of itself so far. Fed with its events in order; an event that can
 * not be read counts as a chunk and says nothing. Mutable; belongs to the thread that reads the
 * stream.
 */
public final class StreamFacts {
    /** The output text kept for counting tokens, in characters, unless another bound is given. */
    public static final int DEFAULT_MAX_TEXT_CHARS = 1 << 20;

    private static final Set<String> LAST_TYPES =
            Set.of(
                    "response.completed",
                    "response.failed",
                    "response.incomplete",
                    "response.cancelled",
                    "transcript.text.done",
                    "speech.audio.done",
                    "image_generation.completed",
                    "image_edit.completed");

    private final OutputText text;
    private final AnswerScan scan;
    private final boolean read;
    private long chunks;
    private boolean contentSeen;
    private boolean ended;

    /** Nothing said yet. */
    public StreamFacts(Dialect dialect) {
        this(dialect, DEFAULT_MAX_TEXT_CHARS);
    }

    /** Nothing said yet, and output text kept up to that bound. */
    public StreamFacts(Dialect dialect, int maxTextChars) {
        text = new OutputText(maxTextChars);
        scan = new AnswerScan(dialect, true, text);
        read = dialect != Dialect.OPAQUE;
    }

    /** Takes in the next event and says what it is. */
    public EventFacts read(SseFrame frame) {
        if (!frame.hasData()) {
            return EventFacts.NOTHING;
        }
        if (frame.dataIs("[DONE]")) {
            ended = true;
            return EventFacts.DONE;
        }
        chunks++;
        if (!read) {
            return EventFacts.NOTHING;
        }
        scan.read(frame.dataBuffer(), frame.dataStart(), frame.dataEnd());
        if (scan.type().equals("error") || frame.isNamed("error")) {
            scan.asError();
        }
        contentSeen |= scan.content();
        boolean terminal = scan.hasError() || LAST_TYPES.contains(scan.type());
        ended |= terminal;
        return facts(frame, terminal);
    }

    /** What the events so far say together. */
    public AnswerFacts facts() {
        return scan.facts();
    }

    /** Whether any event has brought output. */
    public boolean contentSeen() {
        return contentSeen;
    }

    /** Whether an event has said that it is the last. */
    public boolean ended() {
        return ended;
    }

    /** The events with data so far, {@code [DONE]} not counted. */
    public long chunks() {
        return chunks;
    }

    /** The output text so far, one string a choice, tool calls included. */
    public List<String> texts() {
        return text.texts();
    }

    /** Whether there was more text than is kept. */
    public boolean textTruncated() {
        return text.truncated();
    }

    private EventFacts facts(SseFrame frame, boolean terminal) {
        int start = 0;
        int end = scan.usageNullEnd();
        if (end > 0 && frame.dataInPlace()) {
            byte[] bytes = frame.buffer();
            start = before(bytes, scan.usageNameStart());
            if (bytes[start] != ',') {
                start = scan.usageNameStart();
                end = behindComma(bytes, end, frame.dataEnd());
            }
        } else {
            end = 0;
        }
        return new EventFacts(
                scan.content(), terminal, scan.usageOnly(), scan.hasError(), start, end);
    }

    /** The last byte before {@code at} that is no space: the object's brace or a comma. */
    private static int before(byte[] bytes, int at) {
        int before = at - 1;
        while (isSpace(bytes[before])) {
            before--;
        }
        return before;
    }

    /** A first member goes with the comma and the space behind it. */
    private static int behindComma(byte[] bytes, int valueEnd, int end) {
        int comma = valueEnd;
        while (comma < end && isSpace(bytes[comma])) {
            comma++;
        }
        if (comma == end || bytes[comma] != ',') {
            return valueEnd;
        }
        int next = comma + 1;
        while (next < end && isSpace(bytes[next])) {
            next++;
        }
        return next;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }
}
