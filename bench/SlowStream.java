import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * An upstream whose answers are slow streams: any POST is answered with so many chat completion
 * chunks, one every so many milliseconds, then the usage and {@code [DONE]}. One selector thread, so
 * that the upstream takes as little of the machine as it can. {@code GET /stats} tells how many
 * streams are open, how many chunks were sent, how late all of them were together, and how late the
 * latest since the question before.
 *
 * <p>Run with {@code java SlowStream.java PORT MILLISECONDS CHUNKS}.
 */
final class SlowStream {
    private static final String EVENT =
            "data: {\"id\":\"chatcmpl-bench0000000000000000000\",\"object\":\"chat.completion.chunk\","
                    + "\"created\":1763773200,\"model\":\"gpt-4o-mini-2024-07-18\","
                    + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\",%s}\n\n";
    private static final byte[] HEAD =
            ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + chunk(event("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null")))
                    .getBytes(US_ASCII);
    private static final byte[] WORD =
            chunk(event("{\"content\":\" word\"}", "null")).getBytes(US_ASCII);

    private final long gapNanos;
    private final int chunks;
    private final byte[] tail;
    private final Selector selector;
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
    private final PriorityQueue<Stream> due =
            new PriorityQueue<>((a, b) -> Long.compare(a.dueNanos, b.dueNanos));
    private long sent;
    private long lateNanos;
    private long latestNanos;
    private long started;
    private int open;

    private SlowStream(int port, long gapMillis, int chunks) throws IOException {
        this.gapNanos = TimeUnit.MILLISECONDS.toNanos(gapMillis);
        this.chunks = chunks;
        this.tail = tail(chunks);
        this.selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("127.0.0.1", port), 4_096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] args) throws IOException {
        new SlowStream(
                        Integer.parseInt(args[0]),
                        Long.parseLong(args[1]),
                        Integer.parseInt(args[2]))
                .run();
    }

    private static String event(String delta, String finishReason) {
        return EVENT.formatted(
                "\"choices\":[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}],\"usage\":null"
                        .formatted(delta, finishReason));
    }

    private static byte[] tail(int chunks) {
        String usage =
                "\"choices\":[],\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":%d,\"total_tokens\":%d}"
                        .formatted(chunks, 70 + chunks);
        return (chunk(event("{}", "\"stop\""))
                        + chunk(EVENT.formatted(usage))
                        + chunk("data: [DONE]\n\n")
                        + "0\r\n\r\n")
                .getBytes(US_ASCII);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private void run() throws IOException {
        while (true) {
            Stream next = due.peek();
            long waitNanos = next == null ? gapNanos : next.dueNanos - System.nanoTime();
            if (waitNanos > 0) {
                selector.select(this::ready, Math.max(1, waitNanos / 1_000_000));
            } else {
                selector.selectNow(this::ready);
            }
            sendDue();
        }
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept((ServerSocketChannel) key.channel());
        } else if (key.attachment() instanceof Stream stream) {
            stream.read(key);
        }
    }

    private void accept(ServerSocketChannel server) {
        try {
            for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
                client.configureBlocking(false);
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                client.register(selector, SelectionKey.OP_READ, new Stream(client));
            }
        } catch (IOException e) {
            System.err.println("a connection was not accepted: " + e.getMessage());
        }
    }

    private void sendDue() {
        long now = System.nanoTime();
        for (Stream stream = due.peek();
                stream != null && stream.dueNanos <= now;
                stream = due.peek()) {
            due.poll();
            long late = now - stream.dueNanos;
            lateNanos += late;
            latestNanos = Math.max(latestNanos, late);
            stream.send();
        }
    }

    private String stats() {
        String body =
                "{\"open\":%d,\"sent\":%d,\"late_us\":%d,\"latest_us\":%d}\n"
                        .formatted(open, sent, lateNanos / 1_000, latestNanos / 1_000);
        latestNanos = 0;
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    }

    /** One connection and the answer it is waiting for. */
    private final class Stream {
        private final SocketChannel client;
        private final StringBuilder request = new StringBuilder();
        private boolean streaming;
        private int left;
        private long dueNanos;

        Stream(SocketChannel client) {
            this.client = client;
        }

        void read(SelectionKey key) {
            try {
                input.clear();
                if (client.read(input) < 0) {
                    key.cancel();
                    end();
                    return;
                }
                request.append(US_ASCII.decode(input.flip()));
                if (complete()) {
                    answer();
                }
            } catch (IOException e) {
                key.cancel();
                end();
            }
        }

        private boolean complete() {
            int head = request.indexOf("\r\n\r\n");
            if (head < 0) {
                return false;
            }
            String fields = request.substring(0, head).toLowerCase(java.util.Locale.ROOT);
            int at = fields.indexOf("\ncontent-length:");
            if (at < 0) {
                return true;
            }
            String length = fields.substring(at + 16).lines().findFirst().orElse("0").strip();
            return request.length() >= head + 4 + Integer.parseInt(length);
        }

        private void answer() throws IOException {
            boolean stats = request.indexOf("GET /stats") == 0;
            request.setLength(0);
            if (stats) {
                client.write(ByteBuffer.wrap(stats().getBytes(US_ASCII)));
                return;
            }
            open++;
            streaming = true;
            left = chunks;
            client.write(ByteBuffer.wrap(HEAD));
            dueNanos = System.nanoTime() + spread();
            due.add(this);
        }

        /** Streams that begin together do not go on in step. */
        private long spread() {
            return gapNanos * (started++ * 61 % 100 + 1) / 100;
        }

        /** A client that takes less than a whole chunk is not one of this benchmark's. */
        void send() {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(left > 0 ? WORD : tail);
                client.write(bytes);
                if (bytes.hasRemaining()) {
                    throw new IOException("the client does not read");
                }
            } catch (IOException e) {
                end();
                return;
            }
            sent++;
            if (left-- == 0) {
                streaming = false;
                open--;
                return;
            }
            dueNanos += gapNanos;
            due.add(this);
        }

        private void end() {
            if (streaming) {
                streaming = false;
                open--;
                due.remove(this);
            }
            try {
                client.close();
            } catch (IOException e) {
                System.err.println("a connection did not close: " + e.getMessage());
            }
        }
    }
}
