package io.weir.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Reads HTTP/1.1 answers, one after the other, from a connection (RFC 9112): just enough for load,
 * without a library whose own cost would hide in the figures.
 */
final class AnswerStream {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_HEADER_LINES = 200;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;

    AnswerStream(InputStream in) {
        this.in = in;
    }

    /** The next answer's head; interim ones (100 to 199) are passed over. */
    AnswerHead head() throws IOException {
        AnswerHead head = anyHead();
        while (head.status() < 200) {
            head = anyHead();
        }
        return head;
    }

    /** Reads the body that belongs to the head just read. */
    void body(AnswerHead head, AnswerBody body) throws IOException {
        if (head.chunked()) {
            chunks(body);
        } else if (head.length() >= 0) {
            exactly(head.length(), body);
        } else {
            rest(body);
        }
    }

    private AnswerHead anyHead() throws IOException {
        String statusLine = line();
        if (statusLine.length() < 12 || !statusLine.startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP/1.1 answer");
        }
        int status = (int) number(statusLine.substring(9, 12), 10);
        boolean bodiless = status < 200 || status == 204 || status == 304;
        Fields fields = new Fields(bodiless ? 0 : -1, !statusLine.startsWith("HTTP/1.0"));
        for (int i = 0; i < MAX_HEADER_LINES; i++) {
            String line = line();
            if (line.isEmpty()) {
                return fields.head(status);
            }
            fields.see(line);
        }
        throw new IOException("more than " + MAX_HEADER_LINES + " header lines");
    }

    private void chunks(AnswerBody body) throws IOException {
        while (true) {
            String size = line();
            int extension = size.indexOf(';');
            long length = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
            if (length == 0) {
                break;
            }
            exactly(length, body);
            if (!line().isEmpty()) {
                throw new IOException("a chunk is longer than it said");
            }
        }
        while (!line().isEmpty()) {
            // trailers say nothing that load needs
        }
    }

    private void exactly(long length, AnswerBody body) throws IOException {
        long left = length;
        while (left > 0) {
            fillIfEmpty();
            int ready = (int) Math.min(left, end - start);
            body.accept(buffer, start, ready);
            start += ready;
            left -= ready;
        }
    }

    private void rest(AnswerBody body) throws IOException {
        do {
            body.accept(buffer, start, end - start);
            start = 0;
            end = in.read(buffer);
        } while (end >= 0);
        end = 0;
    }

    /** The next line without its end. */
    private String line() throws IOException {
        int seen = start;
        while (true) {
            for (; seen < end; seen++) {
                if (buffer[seen] == '\n') {
                    int stop = seen > start && buffer[seen - 1] == '\r' ? seen - 1 : seen;
                    String line = new String(buffer, start, stop - start, ISO_8859_1);
                    start = seen + 1;
                    return line;
                }
            }
            seen -= start;
            makeRoom();
            read();
        }
    }

    private void makeRoom() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end == buffer.length) {
            throw new IOException("a line longer than " + BUFFER_BYTES + " bytes");
        }
    }

    private void fillIfEmpty() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
            read();
        }
    }

    private void read() throws IOException {
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException("the connection was closed before the answer's end");
        }
        end += read;
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            long number = Long.parseLong(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IOException("not a number in the answer's framing: " + digits);
    }

    /** The header lines' meaning, gathered one by one. */
    private static final class Fields {
        private long length;
        private boolean chunked;
        private boolean keepAlive;
        private boolean events;

        Fields(long length, boolean keepAlive) {
            this.length = length;
            this.keepAlive = keepAlive;
        }

        void see(String line) throws IOException {
            if (starts(line, "content-length:") && length < 0) {
                length = number(value(line), 10);
            } else if (starts(line, "transfer-encoding:")) {
                chunked = value(line).toLowerCase(Locale.ROOT).endsWith("chunked");
            } else if (starts(line, "connection:")) {
                keepAlive = !value(line).equalsIgnoreCase("close");
            } else if (starts(line, "content-type:")) {
                events = value(line).toLowerCase(Locale.ROOT).startsWith("text/event-stream");
            }
        }

        AnswerHead head(int status) {
            boolean framed = chunked || length >= 0;
            return new AnswerHead(
                    status, chunked ? -1 : length, chunked, keepAlive && framed, events);
        }

        private static boolean starts(String line, String name) {
            return line.regionMatches(true, 0, name, 0, name.length());
        }

        private static String value(String line) {
            return line.substring(line.indexOf(':') + 1).strip();
        }
    }
}
