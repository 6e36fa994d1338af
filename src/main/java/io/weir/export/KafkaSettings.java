package io.weir.export;

import io.weir.call.Principal;
import io.weir.outbound.GuardedHttp;
import io.weir.wire.Secret;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How events go to Kafka.
 *
 * @param servers to begin with, as {@code HOST:PORT}
 * @param key of a message
 * @param login missing where nobody asks for one
 * @param mostBytes of a request, and so of a message
 */
record KafkaSettings(
        List<String> servers,
        Reach reach,
        String topic,
        Key key,
        Optional<Login> login,
        String compression,
        int mostBytes) {
    /**
     * How servers are connected to.
     *
     * @param secured whether by TLS
     * @param connect for a connection, and for finding the topic
     * @param whole for a batch to be acknowledged
     */
    record Reach(
            boolean secured,
            List<String> allow,
            Optional<Path> certificates,
            Duration connect,
            Duration whole) {}

    /** What the key of a message is: messages of one key stay in order. */
    enum Key {
        /** The call's id. */
        ID,
        /** The project of whoever called. */
        PROJECT,
        /** Nothing. */
        NONE;

        static final List<String> WORDS = List.of("id", "project", "none");

        static Key of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        /** The key of an event's message; empty for none. */
        String of(Event event) {
            @Nullable Principal caller = event.call().caller();
            return switch (this) {
                case ID -> event.callId().toString();
                case PROJECT ->
                        caller == null || !event.fields().sends("project") ? "" : caller.project();
                case NONE -> "";
            };
        }
    }

    /** Who Weir is to them. */
    record Login(String mechanism, String user, Secret password) {
        static final List<String> MECHANISMS = List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN");

        private Password jaas() {
            String module =
                    mechanism.equals("PLAIN")
                            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                            : "org.apache.kafka.common.security.scram.ScramLoginModule";
            return new Password(
                    "%s required username=\"%s\" password=\"%s\";"
                            .formatted(module, quoted(user), quoted(password.reveal())));
        }

        private static String quoted(String text) {
            return text.replace("\\", "\\\\").replace("\"", "\\\"");
        }
    }

    /**
     * A batch is flushed, so nothing waits this long. Without it the client sends messages as they
     * come, few at a time, each few compressed by themselves.
     */
    private static final int UNTIL_FLUSHED_MS = 1_000;

    /** Of messages in one partition, before they are compressed. */
    private static final int BATCH_BYTES = 128 << 10;

    private static final Pattern SERVER =
            Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    KafkaSettings {
        servers = List.copyOf(servers);
        check(!servers.isEmpty(), "servers is missing: give HOST:PORT of one or more");
        for (String server : servers) {
            check(
                    SERVER.matcher(server).matches(),
                    "servers: '%s' is not HOST:PORT".formatted(server));
        }
        check(
                TOPIC.matcher(topic).matches(),
                "topic is '%s', and has to be of letters, digits and ._-".formatted(topic));
        check(
                reach.connect().isPositive() && reach.whole().isPositive(),
                "timeouts are longer than nothing");
    }

    List<InetSocketAddress> addresses() {
        return servers.stream().map(KafkaSettings::address).toList();
    }

    /** By the client's own names, all but how it connects. */
    Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>();
        client.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        client.put(ProducerConfig.CLIENT_ID_CONFIG, "weir");
        client.put(ProducerConfig.ACKS_CONFIG, "all");
        client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        client.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        client.put(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, GuardedHttp.GZIP_LEVEL);
        client.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, mostBytes);
        client.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, reach.connect().toMillis());
        client.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) reach.whole().toMillis());
        client.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) reach.whole().toMillis() / 2);
        client.put(ProducerConfig.LINGER_MS_CONFIG, UNTIL_FLUSHED_MS);
        client.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(BATCH_BYTES, mostBytes));
        client.put(
                ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                reach.connect().toMillis());
        client.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        client.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        client.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        client.put("security.protocol", protocol());
        login.ifPresent(it -> {
            client.put(SaslConfigs.SASL_MECHANISM, it.mechanism());
            client.put(SaslConfigs.SASL_JAAS_CONFIG, it.jaas());
        });
        if (reach.secured()) {
            client.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, KafkaTls.class);
        }
        return client;
    }

    private String protocol() {
        String transport = reach.secured() ? "SSL" : "PLAINTEXT";
        return (login.isPresent() ? "SASL_" + transport : transport).toUpperCase(Locale.ROOT);
    }

    private static InetSocketAddress address(String server) {
        Matcher parts = SERVER.matcher(server);
        check(parts.matches(), "no HOST:PORT");
        return InetSocketAddress.createUnresolved(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
