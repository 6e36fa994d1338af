package io.weir.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.weir.outbound.LoopbackServer;
import io.weir.outbound.Troubles;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A receiver that checks signatures as receivers are told to, and knows when it is. */
final class WebhookDouble implements HttpHandler {
    static final String SECRET = "whsec-0123456789";
    static final long NOW = 1_790_000_000L;

    /** Takes the batch and closes the connection instead of answering. */
    static final int ANSWER_LOST = 0;

    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]+),v1=([0-9a-f]{64})");
    private static final long TOLERANCE_SECONDS = 300;

    private final Troubles<Integer> statuses = new Troubles<>();
    private final List<UUID> received = new CopyOnWriteArrayList<>();
    private final InstantSource clock;
    private final Consumer<UUID> taken;

    /** Remembers what it has. */
    WebhookDouble() {
        clock = InstantSource.fixed(Instant.ofEpochSecond(NOW));
        taken = received::add;
    }

    /** Remembers nothing, and tells the calls that it was sent. */
    WebhookDouble(InstantSource clock, Consumer<UUID> taken) {
        this.clock = clock;
        this.taken = taken;
    }

    /** The next requests are answered so, in this order. */
    void next(Integer... next) {
        statuses.next(List.of(next));
    }

    /** From now on all are answered so; null for as they should be. */
    void lasting(@Nullable Integer status) {
        statuses.lasting(status);
    }

    /** The calls it has, in order. */
    List<UUID> received() {
        return received;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Integer status = statuses.poll();
        if (status != null && status != ANSWER_LOST) {
            if (status == 429 || status == 503) {
                exchange.getResponseHeaders().set("retry-after", "7");
            }
            LoopbackServer.answer(exchange, status, exchange.getRequestURI().toString());
        } else if (!isSigned(exchange.getRequestHeaders().getFirst("x-weir-signature"), body)) {
            LoopbackServer.answer(exchange, 401, "wrong signature");
        } else {
            JsonNode events = Json.MAPPER.readTree(body);
            events.forEach(one -> taken.accept(UUID.fromString(one.path("id").asString(""))));
            if (status != null) {
                exchange.close();
            } else {
                LoopbackServer.answer(exchange, 204, "");
            }
        }
    }

    private boolean isSigned(String signature, byte[] body) {
        Matcher parts = SIGNATURE.matcher(signature);
        if (!parts.matches()
                || Math.abs(Long.parseLong(parts.group(1)) - clock.instant().getEpochSecond())
                        > TOLERANCE_SECONDS) {
            return false;
        }
        String signed = parts.group(1) + "." + new String(body, StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(expected).equals(parts.group(2));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
