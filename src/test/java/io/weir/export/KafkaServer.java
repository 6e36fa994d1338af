package io.weir.export;

import io.weir.outbound.Certificate;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A real Kafka on loopback, one node that is broker and controller (KRaft). Its jars are in the
 * directory that {@code KAFKA} of the environment names.
 */
public final class KafkaServer implements Closeable {
    static final String VARIABLE = "KAFKA";
    private static final String NOT_INSTALLED = "not-installed";
    static final String USER = "weir\"\\1";
    static final String PASSWORD = "s3cr\"et\\";

    /** Who may log in by SCRAM-SHA-512. */
    public static final String SCRAM_USER = "scram";

    public static final String SCRAM_PASSWORD = "scr4m-5up3rs3cr3t";

    private static final int PARTITIONS = 3;

    /** The clients of tests say at length what nobody reads; held on to, as the level is by it. */
    private static final Logger LOG = Logger.getLogger("org.apache.kafka");

    /** Ways in; one names itself as what nobody may connect to. */
    public enum Listener {
        PLAINTEXT("PLAINTEXT", "127.0.0.1"),
        SSL("SSL", "127.0.0.1"),
        SASL("SASL_SSL", "127.0.0.1"),
        ELSEWHERE("SSL", "169.254.169.254");

        private final String protocol;
        private final String advertised;

        Listener(String protocol, String advertised) {
            this.protocol = protocol;
            this.advertised = advertised;
        }
    }

    private final JavaServer server;
    private final Map<Listener, Integer> ports;

    private KafkaServer(JavaServer server, Map<Listener, Integer> ports) {
        this.server = server;
        this.ports = ports;
    }

    /** Whether there is one to start; where there has to be, its absence is an error. */
    public static boolean isInstalled(String forWhom) {
        return NeedsServer.Condition.isThere(VARIABLE, NOT_INSTALLED, forWhom);
    }

    /** Starts one. */
    public static KafkaServer in(Path directory, Certificate certificate)
            throws IOException, InterruptedException {
        LOG.setLevel(Level.OFF);
        Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
        for (Listener listener : Listener.values()) {
            ports.put(listener, JavaServer.freePort());
        }
        Path config = directory.resolve("server.properties");
        Files.writeString(config, config(directory, certificate, ports));
        Path jars = NeedsServer.Condition.path(VARIABLE, NOT_INSTALLED);
        Path log = directory.resolve("kafka.log");
        JavaServer format =
                new JavaServer(
                        jars,
                        log,
                        0,
                        List.of(
                                "kafka.tools.StorageTool",
                                "format",
                                "--standalone",
                                "-t",
                                "4L6g3nShT-eMCtK--X86sw",
                                "-c",
                                config.toString(),
                                "-S",
                                "SCRAM-SHA-512=[name=%s,password=%s]"
                                        .formatted(SCRAM_USER, SCRAM_PASSWORD)));
        format.runToItsEnd();
        JavaServer server =
                new JavaServer(
                        jars,
                        log,
                        ports.getOrDefault(Listener.PLAINTEXT, 0),
                        List.of("kafka.Kafka", config.toString()));
        server.start();
        return new KafkaServer(server, ports);
    }

    JavaServer server() {
        return server;
    }

    public String address(Listener listener) {
        return "127.0.0.1:" + ports.get(listener);
    }

    void make(String topic, Map<String, String> configs) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(Listener.PLAINTEXT)))) {
            NewTopic made = new NewTopic(topic, PARTITIONS, (short) 1).configs(configs);
            admin.createTopics(Set.of(made)).all().get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    /** All that a topic has, in order within a partition. */
    public List<ConsumerRecord<String, String>> received(String topic) {
        List<ConsumerRecord<String, String>> received = new ArrayList<>();
        each(topic, received::add);
        return received;
    }

    private void each(String topic, Consumer<ConsumerRecord<String, String>> taken) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", address(Listener.PLAINTEXT)),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            List<TopicPartition> all =
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(taken);
            }
        }
    }

    List<UUID> ids(String topic) {
        List<UUID> ids = new ArrayList<>();
        ids(topic, ids::add);
        return ids;
    }

    /** The same, told one by one. */
    void ids(String topic, Consumer<UUID> taken) {
        each(
                topic,
                record -> {
                    byte[] id = record.headers().lastHeader(KafkaDestination.HEADER).value();
                    taken.accept(UUID.fromString(new String(id, StandardCharsets.US_ASCII)));
                });
    }

    @Override
    public void close() {
        server.close();
    }

    private static String config(
            Path directory, Certificate certificate, Map<Listener, Integer> ports)
            throws IOException {
        StringBuilder config =
                new StringBuilder(
                        """
                        process.roles=broker,controller
                        node.id=1
                        controller.listener.names=CONTROLLER
                        inter.broker.listener.name=PLAINTEXT
                        offsets.topic.replication.factor=1
                        transaction.state.log.replication.factor=1
                        transaction.state.log.min.isr=1
                        broker.session.timeout.ms=1000
                        broker.heartbeat.interval.ms=300
                        ssl.keystore.type=PEM
                        sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
                        """);
        int controller = JavaServer.freePort();
        line(config, "log.dirs", directory.resolve("kafka").toString());
        line(config, "num.partitions", Integer.toString(PARTITIONS));
        line(config, "controller.quorum.bootstrap.servers", "127.0.0.1:" + controller);
        Path keys = directory.resolve("keystore.pem");
        Files.writeString(
                keys, Files.readString(certificate.key()) + Files.readString(certificate.pem()));
        line(config, "ssl.keystore.location", keys.toString());
        line(
                config,
                "listener.name.sasl.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required \"user_%s\"=\"%s\";"
                        .formatted(escaped(USER), escaped(PASSWORD))
                        .replace("\\", "\\\\"));
        line(
                config,
                "listener.name.sasl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        List<String> listeners = new ArrayList<>(List.of("CONTROLLER://127.0.0.1:" + controller));
        List<String> advertised = new ArrayList<>();
        List<String> protocols = new ArrayList<>(List.of("CONTROLLER:PLAINTEXT"));
        for (Listener listener : Listener.values()) {
            int port = ports.getOrDefault(listener, 0);
            listeners.add(listener + "://127.0.0.1:" + port);
            advertised.add("%s://%s:%d".formatted(listener, listener.advertised, port));
            protocols.add(listener + ":" + listener.protocol);
        }
        line(config, "listeners", String.join(",", listeners));
        line(config, "advertised.listeners", String.join(",", advertised));
        line(config, "listener.security.protocol.map", String.join(",", protocols));
        return config.toString();
    }

    private static void line(StringBuilder config, String key, String value) {
        config.append(key).append('=').append(value).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
