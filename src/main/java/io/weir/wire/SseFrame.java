package io.weir.wire;

import java.nio.charset.StandardCharsets;

/**
 * One event as it stands in a stream: ranges of bytes in buffers that are its splitter's. One
 * object is used again for every event, so it holds only until the sink returns. Comments, and
 * blank lines that end nothing, come as frames without data.
 */
public final class SseFrame {
    private static final byte[] NONE = new byte[0];

    private byte[] buffer = NONE;
    private int start;
    private int end;
    private byte[] dataBuffer = NONE;
    private int dataStart;
    private int dataEnd;
    private boolean hasData;
    private boolean inPlace;
    private int nameStart;
    private int nameEnd;
    private int idStart;
    private int idEnd;
    private byte[] joined = NONE;

    SseFrame() {}

    /** Where the event's bytes are, framing and all. */
    public byte[] buffer() {
        return buffer;
    }

    /** The first byte of the event in {@link #buffer()}. */
    public int start() {
        return start;
    }

    /** Behind the last byte of the event, which is the end of its blank line. */
    public int end() {
        return end;
    }

    /** Whether there is a {@code data} field, be it empty. */
    public boolean hasData() {
        return hasData;
    }

    /** Where the data is: {@link #buffer()} itself if it is one line, else its lines joined. */
    public byte[] dataBuffer() {
        return dataBuffer;
    }

    /** The first byte of the data in {@link #dataBuffer()}. */
    public int dataStart() {
        return dataStart;
    }

    /** Behind the last byte of the data in {@link #dataBuffer()}. */
    public int dataEnd() {
        return dataEnd;
    }

    /** Whether the data stands in the stream as one piece, so that it can be cut there. */
    public boolean dataInPlace() {
        return hasData && inPlace;
    }

    /** Whether the {@code event} field has this ASCII value. */
    public boolean isNamed(String name) {
        if (nameEnd - nameStart != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (buffer[nameStart + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the data is these ASCII characters, space around it aside. */
    public boolean dataIs(String text) {
        int from = dataStart;
        int to = dataEnd;
        while (from < to && dataBuffer[from] <= ' ' && dataBuffer[from] >= 0) {
            from++;
        }
        while (to > from && dataBuffer[to - 1] <= ' ' && dataBuffer[to - 1] >= 0) {
            to--;
        }
        int length = text.length();
        for (int i = 0; i < length && to - from == length; i++) {
            if (dataBuffer[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return to - from == length;
    }

    /** A lasting copy of name, data and id. */
    public SseEvent event() {
        return new SseEvent(
                text(buffer, nameStart, nameEnd),
                text(dataBuffer, dataStart, dataEnd),
                text(buffer, idStart, idEnd));
    }

    /** Takes the bytes of one event and finds its fields. */
    void set(byte[] bytes, int from, int to, boolean mayBeginWithMark) {
        buffer = bytes;
        start = from;
        end = to;
        dataBuffer = bytes;
        dataStart = from;
        dataEnd = from;
        nameStart = from;
        nameEnd = from;
        idStart = from;
        idEnd = from;
        hasData = false;
        int line = mayBeginWithMark && beginsWithMark() ? from + 3 : from;
        while (line < to) {
            int lineEnd = ByteSearch.lineEnd(bytes, line, to);
            readLine(line, lineEnd);
            line = lineEnd + 1;
        }
    }

    private boolean beginsWithMark() {
        return end - start >= 3
                && buffer[start] == (byte) 0xEF
                && buffer[start + 1] == (byte) 0xBB
                && buffer[start + 2] == (byte) 0xBF;
    }

    private void readLine(int from, int to) {
        int colon = from;
        while (colon < to && buffer[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, to);
        if (value < to && buffer[value] == ' ') {
            value++;
        }
        if (is("data", from, colon)) {
            addData(value, to);
        } else if (is("event", from, colon)) {
            nameStart = value;
            nameEnd = to;
        } else if (is("id", from, colon)) {
            idStart = value;
            idEnd = to;
        }
    }

    private boolean is(String field, int from, int to) {
        if (to - from != field.length()) {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            if (buffer[from + i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Lines after the first are joined to it by a line feed, in a buffer of our own. */
    private void addData(int from, int to) {
        if (!hasData) {
            hasData = true;
            inPlace = true;
            dataStart = from;
            dataEnd = to;
            return;
        }
        int length = dataEnd - dataStart;
        int joinedLength = length + 1 + (to - from);
        if (inPlace || joined.length < joinedLength) {
            byte[] larger = joined.length < joinedLength ? new byte[2 * joinedLength] : joined;
            System.arraycopy(dataBuffer, dataStart, larger, 0, length);
            joined = larger;
        }
        joined[length] = '\n';
        System.arraycopy(buffer, from, joined, length + 1, to - from);
        inPlace = false;
        dataBuffer = joined;
        dataStart = 0;
        dataEnd = joinedLength;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
