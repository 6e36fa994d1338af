package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The packaged jar as a child process, serving on a free port until it is stopped. */
public final class RunningWeir implements AutoCloseable {
    private static final String AT_ONCE = "\nemulator: {first_token: 0ms, per_token: 0ms}\n";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern BASE_URL =
            Pattern.compile("base URL +(http://[^/\\s]+)/v1[\\s\\S]*?Weir is ready\\.");

    private final Start start;
    private final ChildProcess child;
    private final URI origin;

    private RunningWeir(Start start, ChildProcess child, URI origin) {
        this.start = start;
        this.child = child;
        this.origin = origin;
    }

    /** How to start it: {@code RunningWeir.in(directory).upstream(url).start()}. */
    public static final class Start {
        private final Path data;
        private final List<String> jvm = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();

        private Start(Path data) {
            this.data = data;
        }

        /** Options of the JVM, {@code -Xmx256m} for instance. */
        public Start jvm(String... more) {
            jvm.addAll(List.of(more));
            return this;
        }

        /** Further options of {@code weir serve}. */
        public Start options(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        /** {@code --upstream}. */
        public Start upstream(String url) {
            return options("--upstream", url);
        }

        /**
         * The configuration, as YAML; it is written beside the data directory. Unless it says how
         * fast the emulator is, that answers at once.
         */
        public Start config(String yaml) throws IOException {
            Path file = data.resolveSibling(data.getFileName() + "-weir.yaml");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, yaml.contains("emulator:") ? yaml : yaml + AT_ONCE);
            return options("--config", file.toString());
        }

        /** A variable of the child's environment. */
        public Start variable(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Starts it and waits until it is ready. May be done again after it was stopped. */
        public RunningWeir start() throws IOException, InterruptedException {
            List<String> arguments = new ArrayList<>();
            arguments.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
            arguments.addAll(options);
            ChildProcess child = ChildProcess.weir(jvm, arguments, environment);
            Matcher ready = child.awaitOutput(BASE_URL, PATIENCE);
            return new RunningWeir(this, child, URI.create(ready.group(1)));
        }
    }

    /** One to be started with this data directory; a configuration is written beside it. */
    public static Start in(Path data) {
        return new Start(data);
    }

    /** How it was started, to start it again on the same data. */
    public Start again() {
        return start;
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI origin() {
        return origin;
    }

    /** What an SDK is given: {@code http://127.0.0.1:PORT/v1}. */
    public String baseUrl() {
        return origin + "/v1";
    }

    /** The data directory. */
    public Path data() {
        return start.data;
    }

    /** The key for calls. */
    public String appKey() throws IOException {
        return Files.readString(start.data.resolve("app.key")).strip();
    }

    /** The key for the admin API. */
    public String adminKey() throws IOException {
        return Files.readString(start.data.resolve("admin.key")).strip();
    }

    /** What it has printed so far. */
    public String stdout() {
        return child.stdout();
    }

    /** What it has complained about so far. */
    public String stderr() {
        return child.stderr();
    }

    /** The child process. */
    public ProcessHandle process() {
        return child.handle();
    }

    /** The answer of the admin API, {@code admin("/calls?limit=5")} for instance. */
    public JsonNode admin(String resource) throws IOException, InterruptedException {
        return admin(resource, HttpRequest.newBuilder().GET());
    }

    /** The answer of the admin API to something that is posted. */
    public JsonNode adminPost(String resource, String type, String body)
            throws IOException, InterruptedException {
        return admin(
                resource,
                HttpRequest.newBuilder()
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode admin(String resource, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            request.uri(URI.create(origin + "/admin/api" + resource))
                                    .header("Authorization", "Bearer " + adminKey())
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString(UTF_8));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        resource + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return Json.MAPPER.readTree(answer.body());
        }
    }

    /** Whether every call that has begun has ended and is in the store. */
    public boolean hasStoredAll() throws IOException, InterruptedException {
        JsonNode journal = admin("/status").path("journal");
        return journal.path("reader_lag").path("store").asLong(-1) == 0
                && journal.path("open_calls").asLong(-1) == 0;
    }

    /** Every call in the store. */
    public List<JsonNode> calls() throws IOException, InterruptedException {
        List<JsonNode> calls = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonNode page = admin("/calls?limit=500" + after);
            page.path("calls").forEach(calls::add);
            JsonNode next = page.path("next");
            after = next.isString() ? "&after=" + next.asString() : null;
        }
        return calls;
    }

    /** Runs another command of the same jar against this gateway, to its end. */
    public ChildProcess.Ended command(String... arguments)
            throws IOException, InterruptedException {
        Map<String, String> environment =
                Map.of("WEIR_BASE_URL", baseUrl(), "WEIR_DATA", start.data.toString());
        return ChildProcess.weir(List.of(), List.of(arguments), environment)
                .awaitEnd(Duration.ofMinutes(10));
    }

    /** Tells it to stop (SIGTERM) and waits; its exit code. */
    public int stop() throws InterruptedException {
        child.handle().destroy();
        return child.awaitEnd(PATIENCE).exitCode();
    }

    /** Kills it (SIGKILL) and waits. */
    public void kill9() throws InterruptedException {
        child.handle().destroyForcibly();
        child.awaitEnd(PATIENCE);
    }

    /** Kills it where it still runs. */
    @Override
    public void close() {
        child.handle().destroyForcibly();
        child.handle().onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
