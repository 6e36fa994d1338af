package io.weir.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardedHttpTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final HttpPost POST =
            new HttpPost(
                    "/in/S3CRET", Map.of("authorization", "Bearer S3CRET"), "{}".getBytes(UTF_8));

    private static final HttpPost LARGE = new HttpPost("/", Map.of(), new byte[30_000_000]);

    private final ScriptedUpstream server = new ScriptedUpstream();
    private final int port = URI.create(server.url()).getPort();

    GuardedHttpTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void postsAndReadsTheAnswerOverAKeptConnection() throws IOException, InterruptedException {
        server.answers("{\"ok\":true}");
        try (GuardedHttp http = http("127.0.0.1", List.of("127.0.0.1"))) {
            for (int i = 0; i < 3; i++) {
                HttpAnswer answer = http.post(POST);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.json().path("ok").asBoolean()).isTrue();
                assertThat(answer.retryAfter()).isEmpty();
            }
        }
        Message request = server.lastRequest();
        assertThat(request.startLine()).isEqualTo("POST /in/S3CRET HTTP/1.1");
        assertThat(request.body()).isEqualTo("{}");
        assertThat(request.all("host")).containsExactly("127.0.0.1:" + port);
        assertThat(request.all("authorization")).containsExactly("Bearer S3CRET");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void getsAsMuchAsIsAskedFor() throws IOException, InterruptedException {
        String page = "x".repeat(100_000);
        server.answers(page);
        try (GuardedHttp http = http("127.0.0.1", List.of("127.0.0.1"))) {
            Map<String, String> fields = Map.of("authorization", "Bearer S3CRET");
            assertThat(http.get("/page?after=1", fields, 200_000).body())
                    .isEqualTo(page.getBytes(UTF_8));
            assertThat(http.get("/page?after=1", fields, 1_000).body()).hasSize(1_000);
            assertThat(http.get("/page?after=1", fields, 200_000).body()).hasSize(100_000);
        }
        Message request = server.lastRequest();
        assertThat(request.startLine()).isEqualTo("GET /page?after=1 HTTP/1.1");
        assertThat(request.all("authorization")).containsExactly("Bearer S3CRET");
        assertThat(request.body()).isEmpty();
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatTheServerClosedIsNotUsedAgain() throws IOException, InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        server.does(peer -> {
            peer.request();
            peer.wire().say(ScriptedUpstream.json("{}"));
            peer.wire().close();
            closed.countDown();
        });
        try (GuardedHttp http = http("127.0.0.1", List.of("127.0.0.1"))) {
            http.post(POST);
            await(closed);
            http.post(POST);
        }
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void anInterruptEndsTheWaitForAnAnswer() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        server.does(peer -> {
            peer.request();
            asked.countDown();
            peer.request();
        });
        AtomicReference<Throwable> end = new AtomicReference<>();
        HttpSettings settings = patient(Duration.ofHours(1));
        try (GuardedHttp http = new GuardedHttp(settings, Resolver.SYSTEM, () -> NOW)) {
            Thread waiting =
                    Thread.ofPlatform().start(() -> end.set(catchThrowable(() -> http.post(POST))));
            asked.await();
            waiting.interrupt();
            waiting.join();
        }
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void compressesWhenAskedTo() throws IOException, InterruptedException {
        server.answers("{}");
        byte[] body = "x".repeat(100_000).getBytes(UTF_8);
        HttpSettings settings = settings("http", "127.0.0.1", List.of("127.0.0.1"), true);
        try (GuardedHttp http = new GuardedHttp(settings, Resolver.SYSTEM, () -> NOW)) {
            http.post(new HttpPost("/", Map.of(), body));
        }
        Message request = server.lastRequest();
        assertThat(request.field("content-encoding")).isEqualTo("gzip");
        assertThat(request.body()).hasSizeLessThan(2_000);
        byte[] packed = request.body().getBytes(StandardCharsets.ISO_8859_1);
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(plain.readAllBytes()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "localhost."})
    void whatIsNotPublicIsNotConnectedToUnlessItIsNamed(String host) {
        server.answers("{}");
        try (GuardedHttp http = https(host, List.of(), Resolver.SYSTEM)) {
            assertThatThrownBy(() -> http.post(POST))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageContaining("not public")
                    .hasMessageNotContaining("S3CRET");
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() throws IOException {
        server.answers("{}");
        Queue<String> answers = new ArrayDeque<>(List.of("192.0.2.1", "127.0.0.1", "127.0.0.1"));
        Resolver changing = host -> new InetAddress[] {InetAddress.ofLiteral(answers.remove())};
        HttpSettings settings =
                new HttpSettings(
                        URI.create("https://rebinding.test:" + port),
                        List.of("192.0.2.0/24"),
                        Optional.empty(),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(5),
                        false);
        try (GuardedHttp http = new GuardedHttp(settings, changing, () -> NOW)) {
            assertThatThrownBy(() -> http.post(POST)).hasMessageContaining("cannot be reached");
            assertThat(answers).as("looked up once").hasSize(2);
            assertThatThrownBy(() -> http.post(POST)).hasMessageContaining("not public");
            assertThat(answers).hasSize(1);
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void ofSeveralAddressesOnlyTheAllowedOnesAreTried() throws IOException, InterruptedException {
        server.answers("{}");
        Resolver both =
                host ->
                        new InetAddress[] {
                            InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1")
                        };
        HttpSettings settings = settings("https", "two.test", List.of("127.0.0.2/32"), false);
        try (GuardedHttp http = new GuardedHttp(settings, both, () -> NOW)) {
            assertThatThrownBy(() -> http.post(POST)).hasMessageContaining("cannot be reached");
        }
        assertThat(server.connections()).isZero();
        settings = settings("http", "two.test", List.of("two.test"), false);
        try (GuardedHttp http = new GuardedHttp(settings, both, () -> NOW)) {
            assertThat(http.post(POST).status()).isEqualTo(200);
        }
    }

    @Test
    void aNameWithoutAnAddressIsSaidToHaveNone() {
        Resolver none =
                host -> {
                    throw new UnknownHostException(host);
                };
        try (GuardedHttp http = https("nowhere.test", List.of(), none)) {
            assertThatThrownBy(() -> http.post(POST))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageContaining("nowhere.test", "DNS");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws IOException {
        try (ScriptedUpstream hidden = new ScriptedUpstream()) {
            hidden.answers("{}");
            server.says(
                    "HTTP/1.1 %d Moved\r\nlocation: %s/S3CRET\r\ncontent-length: 0\r\n\r\n"
                            .formatted(status, hidden.url()));
            try (GuardedHttp http = http("127.0.0.1", List.of("127.0.0.1"))) {
                assertThatThrownBy(() -> http.post(POST))
                        .isInstanceOf(HttpFailure.class)
                        .hasMessageContaining(status + ", a redirect")
                        .hasMessageNotContaining("S3CRET");
            }
            assertThat(hidden.connections()).isZero();
        }
    }

    @Test
    void noMoreThan64KibOfAnAnswerAreRead() throws IOException, InterruptedException {
        server.does(peer -> {
            peer.request();
            peer.wire().say("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            while (true) {
                peer.wire().chunk("x".repeat(1_000));
            }
        });
        try (GuardedHttp http = http("127.0.0.1", List.of("127.0.0.1"))) {
            assertThat(http.post(POST).body()).hasSize(65_536);
            server.answers("{}");
            assertThat(http.post(POST).body()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nx: ",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab"
            })
    void anAnswerThatDoesNotEndIsGivenUp(String begun) throws IOException {
        server.does(peer -> {
            peer.request();
            peer.wire().say(begun);
            peer.wire().awaitClose();
        });
        HttpSettings settings = patient(Duration.ofMillis(300));
        try (GuardedHttp http = new GuardedHttp(settings, Resolver.SYSTEM, () -> NOW)) {
            assertThatThrownBy(() -> http.post(POST))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageContaining("did not answer (nothing within");
        }
    }

    @Test
    void anAnswerThatComesDropByDropIsGivenUp() throws IOException {
        server.does(peer -> {
            peer.request();
            peer.wire().say("HTTP/1.1 200 OK\r\nx: ");
            while (true) {
                peer.wire().say("a");
            }
        });
        HttpSettings settings = patient(Duration.ofMillis(300));
        try (GuardedHttp http = new GuardedHttp(settings, Resolver.SYSTEM, () -> NOW)) {
            assertThatThrownBy(() -> http.post(POST)).isInstanceOf(HttpFailure.class);
        }
    }

    @Test
    void aBodyThatIsNeverTakenIsGivenUp() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        server.does(peer -> {
            peer.requestHead();
            await(over);
        });
        HttpSettings settings = patient(Duration.ofMillis(500));
        try (GuardedHttp http = new GuardedHttp(settings, Resolver.SYSTEM, () -> NOW)) {
            assertThatThrownBy(() -> http.post(LARGE)).hasMessageContaining("nothing within");
        } finally {
            over.countDown();
        }
    }

    @Test
    void anEarlyRefusalOfALargeBodyIsRead() throws IOException, InterruptedException {
        // More than two kernels' buffers keep between them.
        HttpPost huge = new HttpPost("/", Map.of(), new byte[80_000_000]);
        CompletableFuture<Long> taken = new CompletableFuture<>();
        server.does(peer -> {
            peer.requestHead();
            peer.wire().say("HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n");
            taken.complete(peer.wire().skip(Long.MAX_VALUE));
        });
        try (GuardedHttp http = http("127.0.0.1", List.of("127.0.0.1"))) {
            assertThat(http.post(huge).status()).isEqualTo(413);
        }
        assertThat(taken.join()).isLessThan(huge.body().length);
    }

    @Test
    void whoWaitsForAnAnswerCanBeInterrupted() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        server.does(peer -> {
            peer.request();
            asked.countDown();
            peer.wire().awaitClose();
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (GuardedHttp http = http("127.0.0.1", List.of("127.0.0.1"))) {
            Thread exporter =
                    Thread.ofVirtual()
                            .start(() -> thrown.set(catchThrowable(() -> http.post(POST))));
            asked.await();
            exporter.interrupt();
            exporter.join();
        }
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "S3CRET\r\n\r\n",
                "HTTP/1.1 S3CRET\r\n\r\n",
                "HTTP/1.1 200 OK\r\nS3CRET\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: S3CRET\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nS3CRET\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: S3CRET\r\n\r\n"
            })
    void whatAServerSaysIsNotRepeated(String said) throws IOException {
        server.does(peer -> {
            peer.request();
            peer.wire().say(said);
        });
        try (GuardedHttp http = http("127.0.0.1", List.of("127.0.0.1"))) {
            assertThatThrownBy(() -> http.post(POST))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageNotContaining("S3CRET");
        }
        assertThat(POST.toString()).doesNotContain("S3CRET");
        HttpSettings settings = settings("https", "example.com/S3CRET?S3CRET", List.of(), false);
        assertThat(settings.toString()).doesNotContain("S3CRET");
    }

    @Test
    void aServerThatIsNotThereIsSaidNotToBe() throws IOException {
        server.close();
        try (GuardedHttp http = http("127.0.0.1", List.of("127.0.0.1"))) {
            assertThatThrownBy(() -> http.post(POST))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageStartingWith(
                            "http://127.0.0.1:%d cannot be reached".formatted(port));
        }
    }

    @Test
    void retryAfterIsReadInSecondsAndAsADate() {
        assertThat(HttpAnswer.wait("120", NOW)).contains(Duration.ofMinutes(2));
        assertThat(HttpAnswer.wait("Thu, 26 Nov 2026 12:00:30 GMT", NOW))
                .contains(Duration.ofSeconds(30));
        assertThat(HttpAnswer.wait("Thu, 26 Nov 2026 11:00:00 GMT", NOW)).contains(Duration.ZERO);
        assertThat(HttpAnswer.wait("soon", NOW)).isEmpty();
        assertThat(HttpAnswer.wait("-1", NOW)).isEmpty();
        assertThat(HttpAnswer.wait(null, NOW)).isEmpty();
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private GuardedHttp http(String host, List<String> allow) {
        return new GuardedHttp(settings("http", host, allow, false), Resolver.SYSTEM, () -> NOW);
    }

    private GuardedHttp https(String host, List<String> allow, Resolver resolver) {
        return new GuardedHttp(settings("https", host, allow, false), resolver, () -> NOW);
    }

    private HttpSettings settings(String scheme, String host, List<String> allow, boolean gzip) {
        String url =
                host.indexOf('/') < 0
                        ? "%s://%s:%d".formatted(scheme, host, port)
                        : scheme + "://" + host;
        return new HttpSettings(
                URI.create(url),
                allow,
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                gzip);
    }

    private HttpSettings patient(Duration whole) {
        HttpSettings usual = settings("http", "127.0.0.1", List.of("127.0.0.1"), false);
        return new HttpSettings(
                usual.url(), usual.allow(), Optional.empty(), usual.connect(), whole, false);
    }
}
