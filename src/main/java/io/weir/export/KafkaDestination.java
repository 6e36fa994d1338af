package io.weir.export;

import io.weir.config.Settings;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedDial;
import io.weir.outbound.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.ResolvingProducer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A topic of Kafka: a message for each event, acknowledged by all replicas in step. After a failure
 * the client is made anew, so that nothing of the batch is under way when it is sent again.
 */
final class KafkaDestination implements Destination {
    /** The header with the call's id, whatever the key is. */
    static final String HEADER = "weir-call-id";

    /** What Kafka adds to key and value of a message, and the one header that we add. */
    private static final int OVERHEAD = 256;

    private static final String OUT_OF_TIME = "older or newer than the topic allows";

    private static final Limits LIMITS = new Limits(10_000, 16 << 20, Integer.MAX_VALUE);

    /**
     * Kafka's client says at length what is said in one sentence here; held on to, because a
     * logger's level is forgotten with it.
     */
    private static final Logger LOG = Logger.getLogger("org.apache.kafka");

    private final KafkaSettings settings;
    private final GuardedDial dial;
    private volatile String refusal = "";
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /** Nothing is looked up or connected to yet. */
    KafkaDestination(KafkaSettings settings, GuardedDial dial) {
        this.settings = settings;
        this.dial = dial;
        LOG.setLevel(Level.OFF);
    }

    static Opening opening(DestinationKeys keys) {
        KafkaSettings settings = settings(keys);
        GuardedDial dial =
                keys.made(() ->
                        new GuardedDial(
                                settings.reach().allow(),
                                settings.reach().certificates(),
                                Resolver.SYSTEM));
        keys.made(settings::addresses);
        return () -> new KafkaDestination(settings, dial);
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Sent send(List<Event> events) throws InterruptedException {
        try {
            Sent sent = sent(events);
            if (sent instanceof Sent.Failed) {
                close();
            }
            return sent;
        } catch (InterruptException e) {
            close();
            Thread.interrupted();
            throw new InterruptedException();
        } catch (KafkaException e) {
            close();
            return new Sent.Failed(reason(e));
        }
    }

    /** Without waiting for what is under way. */
    @Override
    public void close() {
        if (producer != null) {
            // Whoever is interrupted cannot close it.
            boolean interrupted = Thread.interrupted();
            producer.close(Duration.ZERO);
            producer = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Sent sent(List<Event> events) throws InterruptedException {
        KafkaProducer<byte[], byte[]> to = ready();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Sent end = Sent.DELIVERED;
        for (Event event : events) {
            byte[] key = key(event);
            int bytes = event.json().length + (key == null ? 0 : key.length) + OVERHEAD;
            if (bytes > settings.mostBytes()) {
                end = refused("larger than max_request", sent.size());
                break;
            }
            Future<RecordMetadata> future = to.send(record(event, key));
            sent.add(future);
            if (future.state() == Future.State.FAILED) {
                break;
            }
        }
        to.flush();
        return result(sent, end);
    }

    private static Sent refused(String reason, int position) {
        return new Sent.Refused("Kafka: it is " + reason, OptionalInt.of(position));
    }

    /** A broker takes a batch or leaves it: messages that it minds take others with them. */
    private Sent result(List<Future<RecordMetadata>> sent, Sent otherwise)
            throws InterruptedException {
        @Nullable Throwable first = null;
        for (int i = 0; i < sent.size(); i++) {
            try {
                sent.get(i).get();
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                Optional<String> minded = minded(cause);
                if (minded.isPresent()) {
                    return first == null
                            ? refused(minded.get(), i)
                            : new Sent.Refused("Kafka: one is " + minded.get());
                }
                first = Objects.requireNonNullElse(first, cause);
            }
        }
        return first == null ? otherwise : new Sent.Failed(reason(first));
    }

    /** What a broker minds about a message, for good; empty where that is not what is wrong. */
    private static Optional<String> minded(Throwable cause) {
        return switch (cause) {
            case RecordTooLargeException large ->
                    Optional.of("larger than the topic's max.message.bytes");
            case InvalidTimestampException old -> Optional.of(OUT_OF_TIME);
            // The client's class for any fault where a batch has several; the broker says which.
            case InvalidRecordException other
                    when String.valueOf(other.getMessage()).startsWith("Timestamp ") ->
                    Optional.of(OUT_OF_TIME);
            default -> Optional.empty();
        };
    }

    private ProducerRecord<byte[], byte[]> record(Event event, byte @Nullable [] key) {
        RecordHeader id =
                new RecordHeader(
                        HEADER, event.callId().toString().getBytes(StandardCharsets.US_ASCII));
        return new ProducerRecord<>(
                settings.topic(),
                null,
                event.time().toEpochMilli(),
                key,
                event.json(),
                List.of(id));
    }

    private byte @Nullable [] key(Event event) {
        String key = settings.key().of(event);
        return key.isEmpty() ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    private KafkaProducer<byte[], byte[]> ready() {
        if (producer == null) {
            refusal = "";
            Map<String, Object> client = settings.client();
            client.put(KafkaTls.DIAL, dial);
            producer = ResolvingProducer.of(client, settings.addresses(), this::resolve);
        }
        return producer;
    }

    /** From the client's thread. */
    private InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            return dial.addresses(settings.reach().secured(), host);
        } catch (UnknownHostException e) {
            refusal = " (%s)".formatted(e.getMessage());
            throw e;
        }
    }

    /** Without the words of the client, which quote what the servers say. */
    private String reason(Throwable e) {
        return switch (e) {
            case SslAuthenticationException tls ->
                    "Kafka's certificate is not believed, or it wants one of Weir. Check servers and certificates";
            case AuthenticationException login ->
                    "Kafka does not let Weir in. Check username, password and mechanism";
            case AuthorizationException right ->
                    "Kafka does not let Weir write to topic '%s'".formatted(settings.topic());
            case TimeoutException late ->
                    "Kafka has not taken the batch in time%s. Check servers, and that topic '%s' is there"
                            .formatted(refusal, settings.topic());
            default -> "Kafka: %s%s".formatted(e.getClass().getSimpleName(), refusal);
        };
    }

    private static KafkaSettings settings(DestinationKeys keys) {
        Settings its = keys.settings();
        String security =
                its.oneOf(
                        "security",
                        List.of("ssl", "sasl_ssl", "plaintext", "sasl_plaintext"),
                        "how servers are talked to");
        String certificates = its.textOrNull("certificates", "a PEM file of further authorities");
        KafkaSettings.Reach reach =
                new KafkaSettings.Reach(
                        security.endsWith("ssl"),
                        its.texts("allow", "hosts and ranges that are not public"),
                        Optional.ofNullable(certificates).map(keys.data()::resolve),
                        its.duration("timeouts.connect", "10s", "for a connection"),
                        its.duration("timeouts.whole", "60s", "for a batch"));
        Optional<KafkaSettings.Login> login =
                security.startsWith("sasl") ? Optional.of(login(keys)) : Optional.empty();
        return keys.made(() ->
                new KafkaSettings(
                        its.texts("servers", "to begin with, as HOST:PORT"),
                        reach,
                        its.text("topic", "", "that events go to"),
                        KafkaSettings.Key.of(
                                its.oneOf("key", KafkaSettings.Key.WORDS, "of a message")),
                        login,
                        its.oneOf("compression", List.of("gzip", "none"), "of messages"),
                        (int) its.bytes("max_request", "1MiB", "of a request")));
    }

    private static KafkaSettings.Login login(DestinationKeys keys) {
        Settings its = keys.settings();
        return new KafkaSettings.Login(
                its.oneOf("mechanism", KafkaSettings.Login.MECHANISMS, "of SASL"),
                its.text("username", "", "who Weir is"),
                keys.secret("password", "of that user"));
    }
}
