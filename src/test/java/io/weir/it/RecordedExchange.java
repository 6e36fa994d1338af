package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.wire.Headers;
import io.weir.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A real exchange with a provider, as it would be under {@code /v1}.
 *
 * @param target path and query
 */
record RecordedExchange(
        String name, String method, String target, Message request, int status, Message answer) {
    private static final Path FOLDER = Path.of("src/test/data/recorded/exchanges");

    /**
     * One direction.
     *
     * @param headers as recorded, without those that describe the recorded framing
     */
    record Message(Headers headers, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }
    }

    static List<RecordedExchange> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(RecordedExchange::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordedExchange read(Path file) {
        JsonNode exchange = Json.MAPPER.readTree(file.toFile());
        JsonNode request = exchange.path("request");
        JsonNode response = exchange.path("response");
        return new RecordedExchange(
                String.valueOf(file.getFileName()),
                request.path("method").asString(),
                mapped(URI.create(request.path("url").asString())),
                message(request),
                response.path("status").asInt(),
                typed(message(response)));
    }

    /** Azure's deployments and AI services offer OpenAI's operations under other roots. */
    private static String mapped(URI url) {
        String path =
                url.getRawPath()
                        .replaceFirst("^/+openai/deployments/[^/]+/", "/v1/")
                        .replaceFirst("^/models/", "/v1/");
        if (!path.startsWith("/v1/")) {
            throw new IllegalStateException("nowhere under /v1: " + url);
        }
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static Message message(JsonNode recorded) {
        List<String> fields = new ArrayList<>();
        recorded.path("headers")
                .properties()
                .forEach(field -> {
                    fields.add(field.getKey());
                    fields.add(field.getValue().asString());
                });
        Headers headers =
                Headers.of(fields.toArray(String[]::new))
                        .without(name ->
                                name.equals("content-length") || name.equals("transfer-encoding"));
        return new Message(headers, body(recorded));
    }

    /** Some recordings left out all fields; a provider always says what it sends. */
    private static Message typed(Message answer) {
        if (answer.headers().size() > 0) {
            return answer;
        }
        boolean events = answer.text().startsWith("data:") || answer.text().startsWith("event:");
        String type = events ? "text/event-stream; charset=utf-8" : "application/json";
        return new Message(Headers.of("content-type", type), answer.body());
    }

    private static byte[] body(JsonNode recorded) {
        if (recorded.has("body_base64")) {
            return Base64.getDecoder().decode(recorded.path("body_base64").asString());
        }
        return recorded.path("body").asString("").getBytes(UTF_8);
    }

    /** The path alone. */
    String path() {
        return target.replaceFirst("\\?.*", "");
    }

    /** Whether the answer is a stream of events. */
    boolean streamed() {
        return answer.headers().first("content-type").orElse("").startsWith("text/event-stream");
    }

    @Override
    public String toString() {
        return name;
    }
}
