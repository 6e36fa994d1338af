package io.weir.outbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** What the doubles of destinations stand on: an HTTP server on a free port of loopback. */
public final class LoopbackServer implements Closeable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Optional<Certificate> certificate;

    private LoopbackServer(HttpServer server, Optional<Certificate> certificate) {
        this.server = server;
        this.certificate = certificate;
        server.setExecutor(threads);
        server.start();
    }

    public static LoopbackServer plain(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(free(), 0);
        server.createContext("/", handler);
        return new LoopbackServer(server, Optional.empty());
    }

    public static LoopbackServer tls(Certificate certificate, HttpHandler handler)
            throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(free(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.createContext("/", handler);
        return new LoopbackServer(server, Optional.of(certificate));
    }

    /** Settings that reach it and trust it. */
    public HttpSettings settings(String path, boolean gzip) {
        return settings(path, gzip, Duration.ofSeconds(20));
    }

    public HttpSettings settings(String path, boolean gzip, Duration whole) {
        String scheme = certificate.isPresent() ? "https" : "http";
        URI url = URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
        return new HttpSettings(
                url,
                List.of("127.0.0.1"),
                certificate.map(Certificate::pem),
                Duration.ofSeconds(20),
                whole,
                gzip);
    }

    /** The body as it was before it was compressed. */
    public static byte[] body(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (!"gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"))) {
            return sent;
        }
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(sent))) {
            return plain.readAllBytes();
        }
    }

    public static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static InetSocketAddress free() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
