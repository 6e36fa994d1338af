package io.weir.export.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.weir.export.Sent;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.HttpPost;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** OTLP over HTTP, in binary Protocol Buffers. */
final class HttpCarrier implements Carrier {
    private final GuardedHttp http;
    private final Map<String, String> fields;
    private final String base;

    /** With these fields on each request, which may hold secrets. */
    HttpCarrier(GuardedHttp http, Map<String, String> fields) {
        this.http = http;
        this.fields = fields;
        this.base = http.target().path().replaceFirst("/*$", "");
    }

    @Override
    public Carried carry(Signal signal, byte[] message) throws InterruptedException {
        try {
            HttpAnswer answer = http.post(new HttpPost(base + signal.path(), fields, message));
            return answer.succeeded()
                    ? taken(signal, answer)
                    : new Carried.NotTaken(notTaken(answer));
        } catch (HttpFailure e) {
            return new Carried.NotTaken(new Sent.Failed(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /** There are servers that answer JSON whatever they were sent. */
    private static Carried taken(Signal signal, HttpAnswer answer) {
        JsonNode json = answer.json();
        if (json.isObject()) {
            JsonNode partial = json.path("partialSuccess");
            return new Carried.Taken(
                    new Signal.Partial(
                            partial.path(signal.rejectedName()).asLong(0),
                            partial.path("errorMessage").asString("")));
        }
        try {
            return new Carried.Taken(signal.partial(answer.body()));
        } catch (InvalidProtocolBufferException e) {
            return new Carried.NotTaken(
                    new Sent.Failed(
                            "The server answered %d without an answer of OTLP's. Check that url is an OTLP server's, without /v1/%s"
                                    .formatted(answer.status(), signal.word())));
        }
    }

    private static Sent notTaken(HttpAnswer answer) {
        String says = "The OTLP server answered %d".formatted(answer.status());
        return switch (answer.status()) {
            case 400 -> new Sent.Refused(says + ": it cannot read some of the batch");
            case 413 -> new Sent.Refused(says + ": the batch is larger than it takes");
            case 401, 403 -> new Sent.Failed(says + ": it does not let Weir in. Check headers");
            case 404, 405 -> new Sent.Failed(says + ". Check url, without /v1/traces");
            default -> new Sent.Failed(says, answer.retryAfter());
        };
    }
}
