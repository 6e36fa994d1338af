package io.weir.app;

import io.weir.web.OwnCalls;
import io.weir.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntSupplier;

/** Calls the gateway over its own port, which is known once it listens. */
final class SelfCalls implements OwnCalls {
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    private final String host;
    private final IntSupplier port;
    private final Secret key;
    private final Duration patience;

    /**
     * Calls that host.
     *
     * @param host what the gateway listens on
     * @param patience for a whole call
     */
    SelfCalls(String host, IntSupplier port, Secret key, Duration patience) {
        this.host = EVERYWHERE.contains(host) ? "127.0.0.1" : host;
        this.port = port;
        this.key = key;
        this.patience = patience;
    }

    @Override
    public Answered post(String path, String json) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address(path))
                        .timeout(patience)
                        .header("authorization", "Bearer " + key.reveal())
                        .header("content-type", "application/json")
                        .header("user-agent", "weir-playground")
                        .POST(BodyPublishers.ofString(json))
                        .build();
        // A person sends these, one now and then: a client that is kept would only hold threads.
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return new Answered(
                    answer.statusCode(),
                    answer.headers().firstValue("x-weir-call-id").orElse(""),
                    answer.body());
        }
    }

    private URI address(String path) {
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return URI.create(
                "http://" + (bare ? "[" + host + "]" : host) + ":" + port.getAsInt() + path);
    }
}
