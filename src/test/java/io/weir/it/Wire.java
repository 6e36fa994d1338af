package io.weir.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One end of an HTTP/1.1 connection, byte by byte: says what it is told to, well-formed or not, and
 * reads messages by their framing. Text is ISO-8859-1, so that a character is a byte.
 */
public final class Wire implements Closeable {
    private final Socket socket;
    private final InputStream in;

    /** Over that socket, which it closes. */
    public Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends these characters, a byte each. */
    public Wire say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends these bytes. */
    public Wire say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends one chunk of a chunked body. */
    public Wire chunk(String text) throws IOException {
        return say(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** Sends the end of a chunked body. */
    public Wire lastChunk() throws IOException {
        return say("0\r\n\r\n");
    }

    /** Reads a head: everything up to and without the blank line. */
    public String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException("the other end closed after '" + head + "'");
            }
            head.write(read);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - 4);
    }

    /** Reads a message; its body by content-length, by chunks, or there is none. */
    public Message message() throws IOException {
        String head = head();
        return new Message(head, body(head));
    }

    /** Reads the answer to a HEAD request: a head alone. */
    public Message headOnly() throws IOException {
        return new Message(head(), "");
    }

    /** Reads a message whose body ends with the connection. */
    public Message messageToEnd() throws IOException {
        return new Message(head(), rest());
    }

    /** Reads one chunk of a chunked body; empty at its end. */
    public String chunk() throws IOException {
        int size = Integer.parseInt(line(), 16);
        String chunk = exactly(size);
        line();
        return chunk;
    }

    /** Reads so many bytes. */
    public String exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException(
                    "the other end closed after %d of %d bytes: %s"
                            .formatted(bytes.length, count, text(bytes)));
        }
        return text(bytes);
    }

    /** Reads until the other end closes. */
    public String rest() throws IOException {
        return text(in.readAllBytes());
    }

    /**
     * Reads away so many bytes, or as many as come until the other end closes, however rudely; how
     * many there were.
     */
    public long skip(long count) {
        long skipped = 0;
        byte[] away = new byte[65_536];
        try {
            while (skipped < count) {
                int read = in.read(away, 0, (int) Math.min(away.length, count - skipped));
                if (read < 0) {
                    return skipped;
                }
                skipped += read;
            }
        } catch (IOException reset) {
            // closed, if rudely
        }
        return skipped;
    }

    /** Waits until the other end has closed, whatever it says until then. */
    public void awaitClose() {
        skip(Long.MAX_VALUE);
    }

    /** The longest a read may wait. */
    public Wire patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    /** Ends this side's output only. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes rudely, by a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Reads the body that follows that head: by content-length, by chunks, or there is none. */
    public String body(String head) throws IOException {
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("\r\ntransfer-encoding: chunked")) {
            StringBuilder body = new StringBuilder();
            String chunk = chunk();
            while (!chunk.isEmpty()) {
                body.append(chunk);
                chunk = chunk();
            }
            return body.toString();
        }
        int at = lower.indexOf("\r\ncontent-length:");
        if (at < 0) {
            return "";
        }
        int end = lower.indexOf("\r\n", at + 2);
        String value = lower.substring(at + 17, end < 0 ? lower.length() : end);
        return exactly(Integer.parseInt(value.strip()));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int read = in.read();
        while (read >= 0 && read != '\n') {
            line.append((char) read);
            read = in.read();
        }
        if (read < 0) {
            throw new EOFException("the other end closed within a line: '" + line + "'");
        }
        return line.substring(0, line.length() - 1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
