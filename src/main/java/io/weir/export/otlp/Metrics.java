package io.weir.export.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.weir.call.CallRecord;
import io.weir.call.Confidence;
import io.weir.export.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Histograms over the calls of one batch, and of no other: their temporality is delta. Names, units
 * and bounds are those of the GenAI conventions. Mutable, for one batch.
 */
final class Metrics {
    private static final double[] SECONDS = {
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92
    };
    private static final double[] FIRST_TOKEN_SECONDS = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
    };
    private static final double[] TOKENS = {
        1,
        4,
        16,
        64,
        256,
        1_024,
        4_096,
        16_384,
        65_536,
        262_144,
        1_048_576,
        4_194_304,
        16_777_216,
        67_108_864
    };

    private final Names models;
    private final Kind duration =
            new Kind("gen_ai.client.operation.duration", "s", "GenAI operation duration.", SECONDS);
    private final Kind tokens =
            new Kind(
                    "gen_ai.client.token.usage",
                    "{token}",
                    "Number of input and output tokens used.",
                    TOKENS);
    private final Kind firstToken =
            new Kind(
                    "gen_ai.server.time_to_first_token",
                    "s",
                    "Time to generate first token for successful responses.",
                    FIRST_TOKEN_SECONDS);
    private long startNanos = Long.MAX_VALUE;
    private long endNanos;

    private Metrics(Names models) {
        this.models = models;
    }

    static ExportMetricsServiceRequest request(
            List<Event> events, Names models, Resource resource, InstrumentationScope scope) {
        Metrics metrics = new Metrics(models);
        events.forEach(metrics::add);
        ScopeMetrics.Builder all = ScopeMetrics.newBuilder().setScope(scope);
        for (Kind kind : List.of(metrics.duration, metrics.tokens, metrics.firstToken)) {
            if (!kind.points.isEmpty()) {
                all.addMetrics(kind.metric(metrics.startNanos, metrics.endNanos));
            }
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(all))
                .build();
    }

    private void add(Event event) {
        CallRecord call = event.call();
        startNanos = Math.min(startNanos, Place.nanos(call, 0));
        endNanos = Math.max(endNanos, Place.nanos(call, call.moments().closed()));
        if (call.moments().closed() >= 0) {
            List<KeyValue> attributes =
                    attributes(event)
                            .text("error_type", "error.type", call.answer().errorType())
                            .gathered();
            duration.add(attributes, call.moments().closed() / 1e6);
        }
        if (call.usageConfidence() != Confidence.NONE) {
            tokens(event, "input_tokens", "input", call.usage().inputTotal());
            tokens(event, "output_tokens", "output", call.usage().outputTotal());
        }
        if (call.moments().firstToken() >= 0
                && !call.answer().failed()
                && event.fields().sends("first_token_us")) {
            firstToken.add(attributes(event).gathered(), call.moments().firstToken() / 1e6);
        }
    }

    private void tokens(Event event, String field, String type, long count) {
        if (event.fields().sends(field)) {
            List<KeyValue> attributes = attributes(event).gathered();
            attributes.add(Attributes.of("gen_ai.token.type", type));
            tokens.add(attributes, (double) count);
        }
    }

    /** A stranger's model is nobody's: only who has a key can make a series. */
    private Attributes attributes(Event event) {
        CallRecord call = event.call();
        return new Attributes(event.fields())
                .text("operation", "gen_ai.operation.name", call.request().operation())
                .text("provider", "gen_ai.provider.name", call.answer().provider())
                .text(
                        "request_model",
                        "gen_ai.request.model",
                        call.caller() == null ? null : models.of(call.request().model()))
                .text(
                        "response_model",
                        "gen_ai.response.model",
                        models.of(call.answer().responseModel()));
    }

    /** One metric: its values by their attributes. */
    private static final class Kind {
        private final String name;
        private final String unit;
        private final String description;
        private final double[] bounds;
        private final Map<List<KeyValue>, Distribution> points = new LinkedHashMap<>();

        Kind(String name, String unit, String description, double[] bounds) {
            this.name = name;
            this.unit = unit;
            this.description = description;
            this.bounds = bounds;
        }

        void add(List<KeyValue> attributes, double value) {
            points.computeIfAbsent(attributes, unseen -> new Distribution(bounds)).add(value);
        }

        Metric metric(long startNanos, long endNanos) {
            Histogram.Builder histogram =
                    Histogram.newBuilder()
                            .setAggregationTemporality(
                                    AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
            points.forEach((attributes, values) ->
                    histogram.addDataPoints(values.point(attributes, startNanos, endNanos)));
            return Metric.newBuilder()
                    .setName(name)
                    .setUnit(unit)
                    .setDescription(description)
                    .setHistogram(histogram)
                    .build();
        }
    }
}
