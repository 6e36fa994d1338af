package io.weir.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An HTTP server that answers with exactly the bytes its test wants; empty means: hang up. */
public final class ScriptedServer implements AutoCloseable {
    /**
     * A request as it came.
     *
     * @param head the request line and the headers
     */
    public record Request(String head, String body) {
        /** The path in the request line. */
        public String path() {
            return head.split(" ", 3)[1];
        }
    }

    private final ServerSocket socket;
    private final Function<Request, String> script;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** Listens on a free port of the loopback. */
    public ScriptedServer(Function<Request, String> script) {
        this.script = script;
        try {
            this.socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /** A whole JSON answer. */
    public static String json(int status, String body) {
        return "HTTP/1.1 %d Scripted\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.getBytes(UTF_8).length, body);
    }

    /** A stream of events in one chunk each. */
    public static String events(List<String> data) {
        StringBuilder answer =
                new StringBuilder(
                        """
                        HTTP/1.1 200 OK\r
                        Content-Type: text/event-stream\r
                        Transfer-Encoding: chunked\r
                        \r
                        """);
        for (String one : data) {
            String event = "data: " + one + "\n\n";
            answer.append(Integer.toHexString(event.getBytes(UTF_8).length))
                    .append("\r\n")
                    .append(event)
                    .append("\r\n");
        }
        return answer.append("0\r\n\r\n").toString();
    }

    /** Its base URL. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }

    /** Everything that was asked, in the order it came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many connections were opened. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream());
                OutputStream out = client.getOutputStream()) {
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                Request request = new Request(head, new String(in.readNBytes(length(head)), UTF_8));
                requests.add(request);
                String answer = script.apply(request);
                if (answer.isEmpty()) {
                    return;
                }
                out.write(answer.getBytes(UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            // the client hung up
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
