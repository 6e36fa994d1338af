package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are larger than the heap pass through it. */
class LargeBodiesIT {
    private static final long SIZE = 100L << 20;
    private static final byte[] MIB = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);

    @Test
    void uploadsAndDownloadsPassWithoutBeingHeld(@TempDir Path directory)
            throws IOException, InterruptedException {
        AtomicLong received = new AtomicLong();
        try (ScriptedUpstream upstream = new ScriptedUpstream()) {
            upstream.does(peer -> {
                boolean upload = peer.requestHead().startLine().startsWith("POST");
                if (upload) {
                    received.set(peer.wire().skip(SIZE));
                    peer.wire().say(ScriptedUpstream.json("{\"id\":\"file-1\"}"));
                } else {
                    peer.wire()
                            .say(
                                    "HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: %d\r\n\r\n"
                                            .formatted(SIZE));
                    for (long sent = 0; sent < SIZE; sent += MIB.length) {
                        peer.wire().say(MIB);
                    }
                }
            });
            try (RunningWeir weir =
                            RunningWeir.in(directory.resolve("data"))
                                    .jvm("-Xmx64m")
                                    .config("upstream: {keep_alive: 0s}\n")
                                    .upstream(upstream.url())
                                    .start();
                    HttpClient http = HttpClient.newHttpClient()) {
                HttpResponse<String> uploaded =
                        http.send(
                                request(weir, "/files")
                                        .header("content-type", "multipart/form-data; boundary=b")
                                        .POST(
                                                HttpRequest.BodyPublishers.fromPublisher(
                                                        HttpRequest.BodyPublishers.ofInputStream(
                                                                Endless::new),
                                                        SIZE))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(uploaded.body()).isEqualTo("{\"id\":\"file-1\"}");
                assertThat(received).hasValue(SIZE);
                HttpResponse<InputStream> downloaded =
                        http.send(
                                request(weir, "/files/file-1/content").GET().build(),
                                HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = downloaded.body()) {
                    assertThat(body.skip(Long.MAX_VALUE)).isEqualTo(SIZE);
                }
                assertThat(weir.stderr()).doesNotContain("OutOfMemory");
            }
        }
    }

    private static HttpRequest.Builder request(RunningWeir weir, String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(weir.baseUrl() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("authorization", "Bearer " + weir.appKey());
    }

    /** A hundred mebibytes of nothing. */
    private static final class Endless extends InputStream {
        private long left = SIZE;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = (int) Math.min(left, length);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
