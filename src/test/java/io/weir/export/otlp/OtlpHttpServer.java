package io.weir.export.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.weir.outbound.Certificate;
import io.weir.outbound.LoopbackServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** OTLP over HTTP. */
final class OtlpHttpServer implements OtlpServer {
    private final OtlpDouble minded;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);

    OtlpHttpServer(OtlpDouble minded, Optional<Certificate> certificate, int port)
            throws IOException, GeneralSecurityException {
        this.minded = minded;
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        if (certificate.isPresent()) {
            HttpsServer secure = HttpsServer.create(here, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(certificate.get().context()));
            server = secure;
        } else {
            server = HttpServer.create(here, 0);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = LoopbackServer.body(exchange);
        Map<String, String> head = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        head.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        minded.heads().add(head);
        Optional<Signal> signal =
                Arrays.stream(Signal.values())
                        .filter(each -> each.path().equals(exchange.getRequestURI().getPath()))
                        .findFirst();
        OtlpDouble.Trouble trouble = minded.trouble();
        if (signal.isEmpty()) {
            LoopbackServer.answer(exchange, 404, "");
        } else if (trouble == OtlpDouble.Trouble.SILENT) {
            silence(exchange);
        } else if (trouble != null && trouble.refuses()) {
            if (trouble.asksToWait()) {
                exchange.getResponseHeaders().set("retry-after", "7");
            }
            LoopbackServer.answer(exchange, trouble.http, "not now");
        } else if (!minded.take(signal.get(), body)) {
            LoopbackServer.answer(exchange, 400, "bad data");
        } else if (trouble == OtlpDouble.Trouble.HELD) {
            silence(exchange);
        } else if (trouble == OtlpDouble.Trouble.CUT) {
            exchange.close();
        } else {
            boolean partial = trouble == OtlpDouble.Trouble.PARTIAL;
            byte[] answer = OtlpDouble.answer(signal.get(), partial).toByteArray();
            exchange.getResponseHeaders().set("content-type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }
    }

    private void silence(HttpExchange exchange) {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }
}
