package org.apache.kafka.clients.producer;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.HostResolver;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.producer.internals.ProducerInterceptors;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.NullMarked;

/**
 * Makes producers that ask a resolver of ours for the address of each server they connect to, those
 * that other servers name included, and connect to what it answers. Kafka's constructor that takes
 * one is known to its own package only, hence this class in it.
 */
@NullMarked
public final class ResolvingProducer {
    private ResolvingProducer() {}

    /**
     * A producer.
     *
     * @param settings by Kafka's names, without {@code bootstrap.servers}
     * @param servers to begin with; none is looked up but by the resolver
     */
    public static KafkaProducer<byte[], byte[]> of(
            Map<String, Object> settings, List<InetSocketAddress> servers, HostResolver resolver) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        ProducerConfig config =
                new ProducerConfig(ProducerConfig.appendSerializerToConfig(settings, bytes, bytes));
        Metrics metrics = new Metrics();
        ApiVersions versions = new ApiVersions();
        ProducerMetadata metadata = metadata(config);
        metadata.bootstrap(
                servers.stream()
                        .map(it ->
                                InetSocketAddress.createUnresolved(
                                        it.getHostString(), it.getPort()))
                        .toList());
        KafkaClient client =
                ClientUtils.createNetworkClient(
                        config,
                        config.getString(ProducerConfig.CLIENT_ID_CONFIG),
                        metrics,
                        "producer",
                        new LogContext(),
                        versions,
                        Time.SYSTEM,
                        config.getInt(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                        config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG),
                        metadata,
                        null,
                        resolver,
                        null,
                        null);
        return new KafkaProducer<>(
                config,
                bytes,
                bytes,
                metadata,
                client,
                new ProducerInterceptors<>(List.of(), metrics),
                versions,
                Time.SYSTEM);
    }

    private static ProducerMetadata metadata(ProducerConfig config) {
        return new ProducerMetadata(
                config.getLong(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                config.getLong(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG),
                config.getLong(ProducerConfig.METADATA_MAX_AGE_CONFIG),
                config.getLong(ProducerConfig.METADATA_MAX_IDLE_CONFIG),
                new LogContext(),
                new ClusterResourceListeners(),
                Time.SYSTEM);
    }
}
