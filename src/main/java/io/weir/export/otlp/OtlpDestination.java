package io.weir.export.otlp;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.weir.config.SecretRef;
import io.weir.export.Destination;
import io.weir.export.Event;
import io.weir.export.Limits;
import io.weir.export.Opening;
import io.weir.export.Sent;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedGrpc;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import io.weir.wire.Secret;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A server of OpenTelemetry's protocol, a collector for instance. A batch is sent as spans, then as
 * log records, then as metrics, whichever are wanted; where it fails on the way and is tried again,
 * what was taken is not sent again.
 */
public final class OtlpDestination implements Destination {
    private static final System.Logger LOG = System.getLogger(OtlpDestination.class.getName());

    /** Servers take 4 MiB a message unless told otherwise; a span is larger than its JSON. */
    private static final Limits LIMITS = new Limits(2_000, 1_500_000, 1_500_000);

    private static final int MODELS = 200;
    private static final int MESSAGE_CHARS = 200;
    private static final String SERVICE = "weir";

    private final List<Signal> signals;
    private final Carrier carrier;
    private final Resource resource;
    private final InstrumentationScope scope;
    private final Names models = new Names(MODELS);
    private final Set<Signal> taken = EnumSet.noneOf(Signal.class);
    private @Nullable Batch underWay;
    private long rejected;

    /** A batch, as it can be told from others. */
    private record Batch(long first, long last, int events) {
        static Batch of(List<Event> events) {
            return new Batch(
                    events.getFirst().sequence(), events.getLast().sequence(), events.size());
        }
    }

    /** Nothing is sent yet. */
    OtlpDestination(OtlpSettings settings, Carrier carrier) {
        this.signals = settings.signals();
        this.carrier = carrier;
        Resource.Builder attributes = Resource.newBuilder();
        new TreeMap<>(settings.resource())
                .forEach((key, text) -> attributes.addAttributes(Attributes.of(key, text)));
        this.resource = attributes.build();
        this.scope = InstrumentationScope.newBuilder().setName("io.weir").build();
    }

    /** Reads its keys. */
    public static Opening opening(DestinationKeys keys) {
        HttpSettings http = keys.http("", true);
        boolean grpc =
                keys.settings()
                        .oneOf("protocol", List.of("http", "grpc"), "how it is spoken to")
                        .equals("grpc");
        List<Signal> signals =
                keys
                        .settings()
                        .someOf(
                                "signals",
                                Signal.WORDS,
                                List.of(Signal.TRACES.word()),
                                "what is made of calls")
                        .stream()
                        .map(Signal::of)
                        .toList();
        Map<String, List<Secret>> headers = headers(keys);
        Map<String, String> resource = resource(keys);
        OtlpSettings settings =
                keys.made(() -> new OtlpSettings(http, grpc, signals, headers, resource));
        keys.made(() -> new OtlpDestination(settings, carrier(settings)));
        return () -> new OtlpDestination(settings, carrier(settings));
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Sent send(List<Event> events) throws InterruptedException {
        Batch batch = Batch.of(events);
        if (!batch.equals(underWay)) {
            underWay = batch;
            taken.clear();
            rejected = 0;
        }
        for (Signal signal : signals) {
            if (!taken.contains(signal)) {
                switch (carry(signal, events)) {
                    case Carrier.Carried.NotTaken(Sent why) -> {
                        return why;
                    }
                    case Carrier.Carried.Taken(Signal.Partial partial) -> noted(signal, partial);
                }
            }
        }
        underWay = null;
        return new Sent.Delivered(rejected);
    }

    @Override
    public void close() {
        carrier.close();
    }

    private Carrier.Carried carry(Signal signal, List<Event> events) throws InterruptedException {
        MessageLite message = message(signal, events);
        return message.equals(message.getDefaultInstanceForType())
                ? new Carrier.Carried.Taken(new Signal.Partial(0, ""))
                : carrier.carry(signal, message.toByteArray());
    }

    private MessageLite message(Signal signal, List<Event> events) {
        return switch (signal) {
            case TRACES -> Spans.request(events, resource, scope);
            case LOGS ->
                    events.stream().anyMatch(event -> event.call().answer().failed())
                            ? Logs.request(events, resource, scope)
                            : ExportLogsServiceRequest.getDefaultInstance();
            case METRICS -> Metrics.request(events, models, resource, scope);
        };
    }

    private void noted(Signal signal, Signal.Partial partial) {
        taken.add(signal);
        rejected += partial.rejected();
        if (partial.rejected() > 0 || !partial.message().isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the OTLP server rejected {0} of a batch''s {1} for good, and does not say which: {2}",
                    partial.rejected(),
                    signal.word(),
                    plain(partial.message()));
        }
    }

    /** The server's words, as one bounded line. */
    private static String plain(String message) {
        String cut = message.substring(0, Math.min(message.length(), MESSAGE_CHARS));
        return cut.isEmpty() ? "it gives no reason" : cut.replaceAll("\\p{Cntrl}", " ");
    }

    private static Carrier carrier(OtlpSettings settings) {
        Map<String, String> fields = new HashMap<>(settings.revealed());
        if (settings.grpc()) {
            return new GrpcCarrier(new GuardedGrpc(settings.http(), Resolver.SYSTEM), fields);
        }
        fields.put("content-type", "application/x-protobuf");
        return new HttpCarrier(
                new GuardedHttp(settings.http(), Resolver.SYSTEM, InstantSource.system()), fields);
    }

    /** Words, each of which may be a reference; all are kept from sight. */
    private static Map<String, List<Secret>> headers(DestinationKeys keys) {
        Map<String, List<Secret>> headers = new HashMap<>();
        keys.settings()
                .textsByName("headers", "of each request; each word may be env:NAME or file:PATH")
                .forEach((name, value) ->
                        headers.put(
                                name.toLowerCase(Locale.ROOT),
                                Arrays.stream(value.strip().split(" +"))
                                        .map(word -> secret(keys, name, word))
                                        .toList()));
        return headers;
    }

    private static Secret secret(DestinationKeys keys, String name, String word) {
        return word.startsWith("env:") || word.startsWith("file:")
                ? SecretRef.resolve(keys.origin() + ".headers." + name, word, keys.environment())
                : keys.made(() -> new Secret(word));
    }

    private static Map<String, String> resource(DestinationKeys keys) {
        Map<String, String> resource = new HashMap<>();
        resource.put("service.name", SERVICE);
        String version = OtlpDestination.class.getPackage().getImplementationVersion();
        if (version != null) {
            resource.put("service.version", version);
        }
        resource.putAll(keys.settings().textsByName("resource", "attributes of what sends"));
        return resource;
    }
}
