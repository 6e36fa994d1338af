package io.weir.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** The request that makes a proxy pass bytes on to an upstream (RFC 9110, section 9.3.6). */
final class Tunnel {
    private static final int MAX_HEAD_BYTES = 16_384;
    private static final int MAX_SHOWN_CHARS = 100;

    private Tunnel() {}

    /**
     * Opens it over a connection to the proxy.
     *
     * @param authority where to, with its port
     * @param deadlineNanos on the clock of {@link System#nanoTime()}
     * @throws IOException when the proxy refuses; its message says how
     */
    static void open(Socket socket, HttpProxy proxy, String authority, long deadlineNanos)
            throws IOException {
        String authorization = proxy.authorization();
        String shown =
                authorization == null ? "" : "proxy-authorization: " + authorization + "\r\n";
        String request =
                "CONNECT %s HTTP/1.1\r\nhost: %s\r\n%s\r\n".formatted(authority, authority, shown);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        String answer = head(socket, deadlineNanos).lines().findFirst().orElse("");
        if (!answer.matches("HTTP/1\\.[01] 2\\d\\d( .*)?")) {
            throw new IOException("it answered '" + printable(answer) + "'");
        }
    }

    /** Byte by byte: what follows the head is the upstream's. */
    private static String head(Socket socket, long deadlineNanos) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lines = 0;
        while (lines < 2) {
            long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("the proxy did not answer in time");
            }
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left));
            int next = socket.getInputStream().read();
            if (next < 0 || head.size() > MAX_HEAD_BYTES) {
                throw new IOException("it closed the connection, or answered without end");
            }
            head.write(next);
            lines = next == '\n' ? lines + 1 : next == '\r' ? lines : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String printable(String line) {
        String plain = line.replaceAll("[^ -~]", "?");
        return plain.length() <= MAX_SHOWN_CHARS ? plain : plain.substring(0, MAX_SHOWN_CHARS);
    }
}
