package io.weir.pricing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.prices.ModelCatalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveModelsTest {
    private static final String CATALOGUE =
            "{\"models\":[{\"model\":\"mine\",\"shutdown\":\"2027-01-01\",\"source\":\"us\"}]}";
    private static final int SHIPPED = ModelCatalogue.shipped().facts().size();

    @TempDir private Path directory;

    @Test
    void withoutASourceTheShippedOneCounts() throws InterruptedException {
        LiveModels models = models("{}");
        assertThat(models.read().problem()).isNull();
        assertThat(models.get().facts()).hasSize(SHIPPED);
    }

    @Test
    void aFileCountsAndIsReadAgain() throws IOException, InterruptedException {
        Path file = directory.resolve("models.json");
        Files.writeString(file, CATALOGUE);
        LiveModels models = models("models: {source: \"file:%s\"}".formatted(file));
        assertThat(models.read().problem()).isNull();
        assertThat(models.get().find("mine")).isPresent();

        Files.writeString(file, CATALOGUE.replace("mine", "yours"));
        models.read();
        assertThat(models.get().find("yours")).isPresent();
    }

    @Test
    void whatCannotBeReadLeavesTheOneBefore() throws IOException, InterruptedException {
        Path file = directory.resolve("models.json");
        Files.writeString(file, CATALOGUE);
        LiveModels models = models("models: {source: \"file:%s\"}".formatted(file));
        models.read();
        for (String bad : new String[] {"{}", "no", "{\"models\":[{\"model\":\"\"}]}"}) {
            Files.writeString(file, bad);
            assertThat(models.read().problem()).startsWith("file:" + file);
            assertThat(models.get().find("mine")).isPresent();
        }
        Files.delete(file);
        assertThat(models.read().problem()).isNotNull();
        assertThat(models.get().find("mine")).isPresent();
    }

    @Test
    void aUrlCountsWhereItsSumIsTheOneThatWasGiven() throws IOException, InterruptedException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/models.json",
                exchange -> {
                    byte[] body = CATALOGUE.getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            String url = "http://127.0.0.1:%d/models.json".formatted(server.getAddress().getPort());
            LiveModels good = models(settings(url, sum(CATALOGUE)));
            assertThat(good.read().problem()).isNull();
            assertThat(good.get().find("mine")).isPresent();

            LiveModels bad = models(settings(url, sum("something else")));
            assertThat(bad.read().problem()).contains("its SHA-256 is " + sum(CATALOGUE));
            assertThat(bad.get().facts()).hasSize(SHIPPED);

            LiveModels missing = models(settings(url.replace("models", "none"), sum(CATALOGUE)));
            assertThat(missing.read().problem()).contains("it answered 404");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aUrlNeedsASum() {
        assertThatThrownBy(() -> models("models: {source: \"https://example.com/m.json\"}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("models.sha256");
        assertThatThrownBy(() -> models(settings("https://example.com/m.json", "abc")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("64 digits");
    }

    private static String settings(String url, String sum) {
        return "models: {source: \"%s\", sha256: \"%s\", allow: [\"127.0.0.1\"]}"
                .formatted(url, sum);
    }

    private static String sum(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LiveModels models(String yaml) {
        PricePlan plan = PricePlan.read(Settings.parse(yaml, "the test"));
        return new LiveModels(plan.models(), InstantSource.system());
    }
}
