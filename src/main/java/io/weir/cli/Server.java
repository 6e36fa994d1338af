package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** An HTTP client of one server, with one key; what goes wrong becomes a {@link CommandFailure}. */
final class Server implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** OpenAI's SDKs wait ten minutes too. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);

    private final Address address;
    private final Optional<Key> key;
    private final HttpClient http;

    Server(Address address, Optional<Key> key) {
        this.address = address;
        this.key = key;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (address.url().getScheme().equals("http")) {
            builder.sslContext(trustingNobody());
        }
        this.http = builder.build();
    }

    /**
     * For plain HTTP: the client insists on a TLS context, and the default one reads every root
     * certificate, 0.4 s of CPU at each start (1.2 to 0.8 s, interpreter and C1).
     */
    private static SSLContext trustingNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    Address address() {
        return address;
    }

    /** Posts JSON; the answer's body is read by the caller, who closes it. */
    HttpResponse<InputStream> post(String operation, byte[] json) throws InterruptedException {
        return succeeded(
                send(
                        request(address.api(operation))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(json))));
    }

    /** Gets a resource of the admin API; the caller closes the body. */
    HttpResponse<InputStream> admin(String resource) throws InterruptedException {
        return succeeded(send(request(address.admin(resource)).GET()));
    }

    /** Gets a resource of the admin API as text. */
    String adminText(String resource) throws InterruptedException {
        return text(admin(resource));
    }

    /** Gets a resource of the admin API as JSON. */
    JsonNode adminJson(String resource) throws InterruptedException {
        return json(adminText(resource));
    }

    /** Has something done by the admin API. */
    JsonNode adminPost(String resource) throws InterruptedException {
        return adminDone(
                request(address.admin(resource)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Has something done by the admin API that needs to know more. */
    JsonNode adminPost(String resource, JsonNode body) throws InterruptedException {
        return adminDone(
                request(address.admin(resource))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** Has something changed by the admin API. */
    JsonNode adminPatch(String resource, JsonNode body) throws InterruptedException {
        return adminDone(
                request(address.admin(resource))
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** Has something removed by the admin API. */
    JsonNode adminDelete(String resource) throws InterruptedException {
        return adminDone(request(address.admin(resource)).DELETE());
    }

    private JsonNode adminDone(HttpRequest.Builder request) throws InterruptedException {
        return json(text(succeeded(send(request))));
    }

    /** Gets a resource of the admin API as JSON; empty when it is not there (404). */
    Optional<JsonNode> adminJsonIfThere(String resource) throws InterruptedException {
        HttpResponse<InputStream> response = send(request(address.admin(resource)).GET());
        if (response.statusCode() == 404) {
            text(response);
            return Optional.empty();
        }
        return Optional.of(json(text(succeeded(response))));
    }

    /** The whole body; closes it. */
    String text(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw brokeOff(e);
        }
    }

    /** A text that should be JSON. */
    JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s answered, but not in JSON. Is it the right base URL?"
                            .formatted(address.url()),
                    e);
        }
    }

    /** The failure of an answer that ended too early. */
    CommandFailure brokeOff(IOException cause) {
        return new CommandFailure(
                ExitCode.FAILED,
                "The answer from %s broke off before its end (%s). Try again."
                        .formatted(address.url(), cause.getMessage()),
                cause);
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT);
        key.ifPresent(held -> request.header("Authorization", held.bearer()));
        return request;
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request)
            throws InterruptedException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw ServerErrors.notReachable(address, e);
        } catch (HttpTimeoutException e) {
            throw ServerErrors.notReachable(address, e);
        } catch (IOException e) {
            throw brokeOff(e);
        }
    }

    private HttpResponse<InputStream> succeeded(HttpResponse<InputStream> response) {
        if (response.statusCode() < 300) {
            return response;
        }
        throw ServerErrors.refused(address, key, response.statusCode(), text(response));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
