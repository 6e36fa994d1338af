package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.Gateway;
import io.weir.app.WeirConfig;
import io.weir.config.Settings;
import io.weir.wire.Json;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The whole gateway in this process, before an upstream of the test's. */
public final class LiveGateway implements Closeable {
    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static final String UPSTREAM_KEY = "sk-upstream-of-the-test";

    private final Gateway gateway;

    private LiveGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Starts one, with that configuration in YAML; a null upstream is the emulator. */
    public static LiveGateway start(Path data, @Nullable String upstream, String yaml)
            throws IOException {
        Map<String, String> environment =
                upstream == null ? Map.of() : Map.of("OPENAI_API_KEY", UPSTREAM_KEY);
        return new LiveGateway(
                new Gateway(
                        WeirConfig.from(
                                Settings.parse(yaml, "the test"),
                                environment,
                                new WeirConfig.Overrides("127.0.0.1", 0, data, upstream))));
    }

    /** Connects to it. */
    public Wire connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        return new Wire(socket).patience((int) GENEROUS.toMillis());
    }

    /** The field that shows the app key, with its line end. */
    public String auth() {
        return "authorization: Bearer " + gateway.appKey().reveal() + "\r\n";
    }

    /** The field that shows the admin key, with its line end. */
    public String adminAuth() {
        return "authorization: Bearer " + gateway.data().key("admin.key", "").reveal() + "\r\n";
    }

    /** The upstream's key. */
    public static String upstreamKey() {
        return UPSTREAM_KEY;
    }

    /** A POST of JSON, with the app key. */
    public String post(String path, String json) {
        return "POST %s HTTP/1.1\r\nhost: weir\r\n%scontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                .formatted(path, auth(), json.length(), json);
    }

    /** A GET with the app key. */
    public String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nhost: weir\r\n" + auth() + "\r\n";
    }

    /** Makes one request on a connection of its own. */
    public Message ask(String request) throws IOException {
        try (Wire wire = connect()) {
            return wire.say(request).message();
        }
    }

    /** Waits for the record of the call that was answered so. */
    public JsonNode record(Message answer) {
        String id = answer.field("x-weir-call-id");
        assertThat(id).as("the id of the call: %s", answer).isNotEmpty();
        return record("/admin/api/calls/" + id);
    }

    /** Waits for the record of the call of that id. */
    public JsonNode call(String id) {
        return record("/admin/api/calls/" + id);
    }

    /** Waits for the record of the only call of that path. */
    public JsonNode recordOf(String endpointFilter) {
        JsonNode listed = json("/admin/api/calls?" + endpointFilter, "calls");
        return record("/admin/api/calls/" + listed.path("calls").get(0).path("id").asString());
    }

    private JsonNode record(String path) {
        return json(path, "id");
    }

    private JsonNode json(String path, String wanted) {
        AtomicReference<@Nullable JsonNode> found = new AtomicReference<>();
        await().atMost(GENEROUS)
                .until(() -> {
                    JsonNode json = admin(path);
                    boolean there =
                            json.path(wanted).isArray()
                                    ? !json.path(wanted).isEmpty()
                                    : json.has(wanted);
                    found.set(there ? json : null);
                    return there;
                });
        return Objects.requireNonNull(found.get());
    }

    /** Asks the admin API. */
    public JsonNode admin(String path) throws IOException {
        Message answer =
                ask(
                        "GET "
                                + path
                                + " HTTP/1.1\r\nhost: weir\r\nconnection: close\r\n"
                                + adminAuth()
                                + "\r\n");
        return Json.MAPPER.readTree(answer.body());
    }

    /** The gateway itself. */
    public Gateway gateway() {
        return gateway;
    }

    /** The port. */
    public int port() {
        return gateway.port();
    }

    @Override
    public void close() throws IOException {
        gateway.close();
    }
}
