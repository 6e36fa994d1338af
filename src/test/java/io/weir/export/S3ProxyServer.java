package io.weir.export;

import io.weir.outbound.HttpSettings;
import io.weir.wire.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * S3Proxy, which checks signatures as S3 does and keeps objects as files. Its jars are in the
 * directory that {@code S3PROXY} of the environment names.
 */
final class S3ProxyServer implements Closeable {
    static final String VARIABLE = "S3PROXY";
    static final String BUCKET = "weir-calls";
    static final String HOST = "localhost";

    private final Path objects;
    private final int port;
    private final JavaServer server;

    private S3ProxyServer(Path objects, int port, JavaServer server) {
        this.objects = objects;
        this.port = port;
        this.server = server;
    }

    /** Starts one with a bucket. */
    static S3ProxyServer in(Path directory) throws IOException {
        int port = JavaServer.freePort();
        Path objects = Files.createDirectories(directory.resolve("objects"));
        Files.createDirectories(objects.resolve(BUCKET));
        Path properties = directory.resolve("s3proxy.properties");
        Files.writeString(
                directory.resolve("logback.xml"),
                "<configuration><root level=\"OFF\"/></configuration>");
        Files.writeString(
                properties,
                """
                s3proxy.endpoint=http://127.0.0.1:%1$d
                s3proxy.virtual-host=%2$s
                s3proxy.authorization=aws-v4
                s3proxy.identity=AKIDEXAMPLE
                s3proxy.credential=s3cret-key
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%3$s
                """
                        .formatted(port, HOST, objects));
        JavaServer server =
                new JavaServer(
                        NeedsServer.Condition.path(VARIABLE, "not-installed"),
                        directory.resolve("s3proxy.log"),
                        port,
                        List.of("org.gaul.s3proxy.Main", "--properties", properties.toString()));
        server.start();
        return new S3ProxyServer(objects, port, server);
    }

    JavaServer server() {
        return server;
    }

    URI endpoint() {
        return URI.create("http://%s:%d".formatted(HOST, port));
    }

    HttpSettings settings(URI bucket) {
        return new HttpSettings(
                bucket,
                List.of(bucket.getHost()),
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                false);
    }

    static S3Signature signature(String secret) {
        return new S3Signature(
                "us-east-1", new Secret("AKIDEXAMPLE"), new Secret(secret), Optional.empty());
    }

    /** The keys of its objects. */
    List<String> keys() throws IOException {
        return files().map(file -> objects.resolve(BUCKET).relativize(file).toString()).toList();
    }

    /** The rows of its objects. */
    List<JsonNode> rows() throws IOException {
        return files().flatMap(file -> ParquetRows.of(bytes(file)).stream()).toList();
    }

    List<UUID> ids() throws IOException {
        return rows().stream().map(row -> UUID.fromString(row.path("id").asString())).toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(objects.resolve(BUCKET))) {
            return all
                    .filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
