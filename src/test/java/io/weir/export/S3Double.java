package io.weir.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.weir.outbound.LoopbackServer;
import io.weir.outbound.Troubles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An object store as far as failures go: it keeps what is put, or answers S3's errors. */
final class S3Double implements HttpHandler {
    /** How one request fails; the default is that none does. */
    enum Trouble {
        SLOW_DOWN(503, "SlowDown"),
        INTERNAL(500, "InternalError"),
        NO_BUCKET(404, "NoSuchBucket"),
        DENIED(403, "AccessDenied"),
        WRONG_SECRET(403, "SignatureDoesNotMatch"),
        WRONG_REGION(400, "AuthorizationHeaderMalformed"),
        EXPIRED(400, "ExpiredToken"),
        SKEWED(403, "RequestTimeTooSkewed"),
        TOO_LARGE(400, "EntityTooLarge"),
        REDIRECT(307, "TemporaryRedirect"),
        PROXY(502, ""),
        SILENT(0, ""),
        CUT(0, ""),
        ANSWER_LOST(0, "");

        final int status;
        final String code;

        Trouble(int status, String code) {
            this.status = status;
            this.code = code;
        }
    }

    private final Troubles<Trouble> troubles = new Troubles<>();
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Map<String, String> fields = new ConcurrentSkipListMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /** The next requests fail so, in this order. */
    void next(Trouble... next) {
        troubles.next(List.of(next));
    }

    /** From now on all requests fail so; none where it is null. */
    void lasting(@Nullable Trouble trouble) {
        troubles.lasting(trouble);
    }

    /** What it keeps, by path. */
    Map<String, byte[]> objects() {
        return objects;
    }

    /** Of the last request. */
    Map<String, String> fields() {
        return fields;
    }

    List<UUID> ids() {
        return calls().toList();
    }

    /** The same, a file at a time. */
    Stream<UUID> calls() {
        return objects.values().stream().flatMap(file -> ParquetRows.ids(file).stream());
    }

    /** Lets those go who wait for an answer. */
    void end() {
        over.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Trouble trouble = troubles.poll();
        if (trouble == Trouble.CUT) {
            exchange.getRequestBody().read();
            exchange.close();
            return;
        }
        byte[] body = LoopbackServer.body(exchange);
        exchange.getRequestHeaders().forEach((name, values) -> fields.put(name, values.getFirst()));
        if (trouble == Trouble.SILENT) {
            await();
        } else if (trouble != null && trouble.status > 0) {
            LoopbackServer.answer(
                    exchange,
                    trouble.status,
                    "<Error><Code>%s</Code><AWSAccessKeyId>AKID</AWSAccessKeyId></Error>"
                            .formatted(trouble.code));
        } else if (!exchange.getRequestMethod().equals("PUT")) {
            LoopbackServer.answer(exchange, 405, "");
        } else {
            objects.put(exchange.getRequestURI().getPath(), body);
            if (trouble == Trouble.ANSWER_LOST) {
                exchange.close();
            } else {
                LoopbackServer.answer(exchange, 200, "");
            }
        }
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
