package io.weir.metrics;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import io.weir.call.CallRecord;
import io.weir.call.Moments;
import java.util.UUID;

/**
 * How long calls took, in histograms of both kinds: the classic one with fixed bounds, and the
 * native one, which only the protobuf format carries.
 */
final class CallTimes {
    /**
     * OpenTelemetry's bounds for {@code gen_ai.server.request.duration} (GenAI metrics 1.37), and
     * three beyond: a reasoning model may take ten minutes.
     */
    private static final double[] DURATION_SECONDS = {
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
        163.84, 327.68, 655.36
    };

    /** OpenTelemetry's bounds for {@code gen_ai.server.time_to_first_token}, and two beyond. */
    private static final double[] FIRST_TOKEN_SECONDS = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60
    };

    private static final double[] OVERHEAD_SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1
    };

    /** 2^(1/16) from a bound to the next: 4.4 %, as fine as the buckets of the store. */
    private static final int SCHEMA = 4;

    private static final double MICROS = 1e6;

    private final Histogram duration;
    private final Histogram firstToken;
    private final Histogram overhead;

    CallTimes(PrometheusRegistry registry, String[] labels) {
        duration =
                histogram(
                                "weir_call_duration",
                                "From a request's head to the last byte of its answer, the upstream's time included."
                                        + " The 95th percentile: histogram_quantile(0.95, sum by (le) (rate(weir_call_duration_seconds_bucket[5m]))).",
                                DURATION_SECONDS)
                        .labelNames(labels)
                        .register(registry);
        firstToken =
                histogram(
                                "weir_time_to_first_token",
                                "From a request's head to the first token of its answer: what a reader waits for. Streams only.",
                                FIRST_TOKEN_SECONDS)
                        .labelNames(labels)
                        .register(registry);
        overhead =
                histogram(
                                "weir_overhead",
                                "What of a call's duration was not spent waiting for an upstream: Weir's own work, and clients that send or read slowly.",
                                OVERHEAD_SECONDS)
                        .labelNames(labels)
                        .register(registry);
    }

    /** Notes one call. Moments that never came are left out. */
    void observe(CallRecord call, String[] labelValues) {
        Moments moments = call.moments();
        observe(duration, labelValues, moments.closed(), call.id());
        observe(firstToken, labelValues, moments.firstToken(), call.id());
        if (moments.closed() >= 0) {
            observe(overhead, labelValues, moments.overhead(), call.id());
        }
    }

    private static void observe(Histogram histogram, String[] labels, long micros, UUID id) {
        if (micros >= 0) {
            histogram
                    .labelValues(labels)
                    .observeWithExemplar(micros / MICROS, Labels.of("call_id", id.toString()));
        }
    }

    private static Histogram.Builder histogram(String name, String help, double[] bounds) {
        return Histogram.builder()
                .name(name)
                .unit(Unit.SECONDS)
                .help(help)
                .classicUpperBounds(bounds)
                .nativeInitialSchema(SCHEMA);
    }
}
