package io.weir.wire;

import io.weir.wire.Endpoint.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The recorded exchanges with real providers. */
final class Recorded {
    private static final Path FOLDER = Path.of("src/test/data/recorded/exchanges");

    private final String name;
    private final Dialect dialect;
    private final byte[] request;
    private final byte[] answer;

    private Recorded(String name, Dialect dialect, byte[] request, byte[] answer) {
        this.name = name;
        this.dialect = dialect;
        this.request = request;
        this.answer = answer;
    }

    static List<Recorded> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Recorded::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Recorded> streams() {
        return all().stream().filter(Recorded::stream).toList();
    }

    static List<Recorded> wholes() {
        return all().stream().filter(recorded -> !recorded.stream()).toList();
    }

    private static Recorded read(Path file) {
        JsonNode exchange = Json.MAPPER.readTree(file.toFile());
        JsonNode request = exchange.path("request");
        JsonNode response = exchange.path("response");
        return new Recorded(
                String.valueOf(file.getFileName()),
                dialect(request.path("method").asString(), request.path("url").asString()),
                body(request),
                body(response));
    }

    String name() {
        return name;
    }

    Dialect dialect() {
        return dialect;
    }

    byte[] request() {
        return request;
    }

    byte[] answer() {
        return answer;
    }

    boolean stream() {
        return new String(answer, StandardCharsets.ISO_8859_1).contains("data: {");
    }

    /** Azure's paths end like OpenAI's. */
    private static Dialect dialect(String method, String url) {
        String path = url.replaceAll("\\?.*", "");
        for (String tail : List.of("chat/completions", "completions", "embeddings")) {
            if (path.endsWith("/" + tail)) {
                return Endpoint.of(method, "/v1/" + tail).dialect();
            }
        }
        return Endpoint.of(method, path.replaceAll("^https?://[^/]*", "")).dialect();
    }

    private static byte[] body(JsonNode message) {
        if (message.has("body_base64")) {
            return Base64.getDecoder().decode(message.path("body_base64").asString());
        }
        JsonNode body = message.path("body");
        String text =
                body.isString() ? body.stringValue() : body.isMissingNode() ? "" : body.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
