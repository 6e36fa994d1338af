package io.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.weir.wire.Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A provider that answers each request with the recorded answer of the exchange its {@code
 * x-exchange} names. Streams, and what was recorded without a length, are sent in chunks that are
 * cut anywhere, inside events and characters too.
 */
final class RecordedUpstream implements Closeable {
    static final String EXCHANGE = "x-exchange";

    private final ServerSocket server;
    private final Map<String, RecordedExchange> exchanges;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /** A request as it arrived; {@code line} is its first line. */
    record Seen(String line, Headers headers, byte[] body) {}

    RecordedUpstream(List<RecordedExchange> exchanges) throws IOException {
        this.exchanges =
                exchanges.stream()
                        .collect(Collectors.toMap(RecordedExchange::name, Function.identity()));
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** The request of that exchange, as it came here. */
    Seen seen(RecordedExchange exchange) {
        return Objects.requireNonNull(seen.get(exchange.name()), exchange.name());
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> converse(socket));
            }
        } catch (SocketException e) {
            // closed, which ends it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                Headers headers = headers(in);
                Seen request = new Seen(line, headers, body(in, headers));
                String name = headers.first(EXCHANGE).orElseThrow();
                seen.put(name, request);
                answer(
                        Objects.requireNonNull(exchanges.get(name), name),
                        headers,
                        socket.getOutputStream());
            }
        } catch (IOException e) {
            // the gateway's side was closed; what is missing, the test misses
        }
    }

    private static void answer(RecordedExchange exchange, Headers asked, OutputStream out)
            throws IOException {
        boolean gzip =
                exchange.answer().headers().has("content-encoding")
                        && asked.first("accept-encoding").orElse("").contains("gzip");
        byte[] body = gzip ? zipped(exchange.answer().body()) : exchange.answer().body();
        StringBuilder head =
                new StringBuilder("HTTP/1.1 %d Recorded\r\n".formatted(exchange.status()));
        fields(exchange, gzip)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (exchange.streamed() || exchange.name().hashCode() % 2 == 0) {
            send(out, head + "transfer-encoding: chunked\r\n\r\n");
            sendChunks(out, body, new Random(exchange.name().hashCode()));
        } else {
            send(out, head + "content-length: " + body.length + "\r\n\r\n");
            out.write(body);
            out.flush();
        }
    }

    /** What is not zipped after all does not say that it is. */
    static Headers fields(RecordedExchange exchange, boolean gzip) {
        return exchange.answer()
                .headers()
                .without(name -> !gzip && name.equals("content-encoding"));
    }

    private static void sendChunks(OutputStream out, byte[] body, Random random)
            throws IOException {
        int from = 0;
        while (from < body.length) {
            int length = Math.min(body.length - from, 1 + random.nextInt(400));
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            chunk.write(body, from, length);
            chunk.writeBytes("\r\n".getBytes(ISO_8859_1));
            out.write(chunk.toByteArray());
            out.flush();
            from += length;
        }
        send(out, "0\r\n\r\n");
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    static byte[] zipped(byte[] plain) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static Headers headers(InputStream in) throws IOException {
        List<String> flat = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            flat.add(line.substring(0, colon));
            flat.add(line.substring(colon + 1).strip());
        }
        return Headers.of(flat.toArray(String[]::new));
    }

    private static byte[] body(InputStream in, Headers headers) throws IOException {
        if (!headers.has("transfer-encoding")) {
            return exactly(in, Integer.parseInt(headers.first("content-length").orElse("0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length = Integer.parseInt(line(in), 16);
        while (length > 0) {
            body.writeBytes(exactly(in, length));
            line(in);
            length = Integer.parseInt(line(in), 16);
        }
        line(in);
        return body.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the request broke off");
        }
        return bytes;
    }

    /** A line without its end; empty at the end of the stream too. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
