package io.weir.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.RandomCalls;
import io.weir.call.TraceContext;
import io.weir.export.Event;
import io.weir.export.Fields;
import io.weir.wire.Usage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What calls look like to OpenTelemetry. */
class OtlpMessagesTest {
    private static final Resource RESOURCE = Resource.getDefaultInstance();
    private static final InstrumentationScope SCOPE = InstrumentationScope.getDefaultInstance();

    @Test
    void aCallIsASpanWithOneBelowItForEachAttempt() {
        CallRecord call =
                TracedCalls.call(1).stream(180)
                        .attempts(
                                CallRecords.attempt(1, 0, "upstream_unreachable"),
                                CallRecords.attempt(2, 200, null))
                        .build();
        List<Span> spans = spans(TracedCalls.event(1, call));
        assertThat(spans).hasSize(3);
        Span server = spans.getFirst();
        assertThat(server.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(server.getName()).isEqualTo("chat gpt-4o-mini");
        assertThat(hex(server.getTraceId().toByteArray())).isEqualTo(TracedCalls.TRACE);
        assertThat(hex(server.getParentSpanId().toByteArray())).isEqualTo(TracedCalls.PARENT);
        assertThat(server.getFlags()).as("sampled, its parent elsewhere").isEqualTo(0x301);
        assertThat(server.getEndTimeUnixNano() - server.getStartTimeUnixNano())
                .isEqualTo(100_000_000);
        assertThat(server.getStatus()).isEqualTo(Status.getDefaultInstance());
        Span failed = spans.get(1);
        Span answered = spans.get(2);
        for (Span attempt : List.of(failed, answered)) {
            assertThat(attempt.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
            assertThat(attempt.getTraceId()).isEqualTo(server.getTraceId());
            assertThat(attempt.getParentSpanId()).isEqualTo(server.getSpanId());
            assertThat(attempt.getFlags()).isEqualTo(0x101);
        }
        assertThat(hex(answered.getSpanId().toByteArray()))
                .as("the one that the upstream was told")
                .isEqualTo(TraceContext.spanId(call.id(), 2));
        assertThat(failed.getSpanId()).isNotEqualTo(answered.getSpanId());
        assertThat(failed.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(texts(failed.getAttributesList()))
                .containsEntry("error.type", "upstream_unreachable");
        assertThat(texts(answered.getAttributesList()))
                .containsEntry("http.request.resend_count", "1")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("weir.upstream", "openai");
    }

    @Test
    void attributesAreTheConventionsWhereItHasOnes() {
        CallRecord call =
                TracedCalls.call(1).stream(180)
                        .usage(new Usage(1, 2, 4, 8, 16, 32, 64, 128, 0), Confidence.PROVIDER)
                        .build();
        Map<String, String> attributes =
                texts(spans(TracedCalls.event(1, call)).getFirst().getAttributesList());
        assertThat(attributes)
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.response.model", "gpt-4o-mini-2024-07-18")
                .containsEntry("gen_ai.response.id", "chatcmpl-" + call.id())
                .containsEntry("gen_ai.response.finish_reasons", "[stop]")
                .containsEntry("gen_ai.request.stream", "true")
                .containsEntry("gen_ai.response.time_to_first_chunk", "0.18")
                .containsEntry("gen_ai.usage.input_tokens", "31")
                .containsEntry("gen_ai.usage.output_tokens", "224")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", "2")
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", "4")
                .containsEntry("gen_ai.usage.reasoning.output_tokens", "64")
                .containsEntry("openai.response.service_tier", "default")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("user_agent.original", "OpenAI/Java 4.101.0")
                .containsEntry("weir.call.id", call.id().toString())
                .containsEntry("weir.key.name", "first key")
                .containsEntry("weir.project", "default")
                .containsEntry("weir.tags", "[team:a]")
                .containsEntry("weir.cost.nano_usd", "2000")
                .doesNotContainKeys("error.type", "weir.usage.image.output_tokens")
                .doesNotContainKeys("gen_ai.input.messages", "gen_ai.request.choice.count");
    }

    @Test
    void anErrorIsTheSpansUnlessItIsTheClients() {
        CallRecords failed =
                TracedCalls.call(1)
                        .outcome("upstream_failed", 502)
                        .error("upstream_broken", "upstream_broken", "It broke off.");
        Span span = spans(TracedCalls.event(1, failed.build())).getFirst();
        assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(span.getStatus().getMessage()).isEqualTo("It broke off.");
        CallRecord bad =
                TracedCalls.call(2)
                        .outcome("completed", 404)
                        .error("not_found", null, null)
                        .build();
        Span theirs = spans(TracedCalls.event(2, bad)).getFirst();
        assertThat(theirs.getStatus()).isEqualTo(Status.getDefaultInstance());
        assertThat(texts(theirs.getAttributesList())).containsEntry("error.type", "not_found");
    }

    @Test
    void aRecordWithoutATraceIsTheRootOfOne() {
        CallRecord old = TracedCalls.call(1).trace(null).build();
        Span span = spans(TracedCalls.event(1, old)).getFirst();
        assertThat(hex(span.getTraceId().toByteArray()))
                .isEqualTo(old.id().toString().replace("-", ""));
        assertThat(span.getParentSpanId().isEmpty()).isTrue();
        assertThat(span.getFlags()).isEqualTo(0x101);
    }

    @Test
    void onlyFieldsThatMayBeSentAreAndUnderTheNamesTheyWereGiven() {
        Fields fields =
                new Fields(
                        List.of("request_model", "status", "error_type"),
                        Map.of("request_model", "model"),
                        false);
        CallRecord call =
                TracedCalls.call(1)
                        .outcome("completed", 500)
                        .error("server_error", null, "of a customer's")
                        .build();
        List<Span> spans = spans(TracedCalls.event(1, call, fields));
        assertThat(spans).as("no attempts").hasSize(1);
        assertThat(texts(spans.getFirst().getAttributesList()).keySet())
                .containsExactly(
                        "error.type", "http.response.status_code", "model", "weir.call.id");
        assertThat(spans.getFirst().getStatus().getMessage())
                .isEqualTo("completed, status 500: server_error");
        assertThat(log(TracedCalls.event(1, call, fields)).toString())
                .doesNotContain("customer", "first key");
    }

    @Test
    void contentIsThereAsMessagesWhereTheRecordHasIt() {
        CallRecord call =
                TracedCalls.call(1)
                        .content(
                                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi?\"}]}",
                                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hi.\"},\"finish_reason\":\"length\"}]}")
                        .build();
        assertThat(texts(spans(TracedCalls.event(1, call)).getFirst().getAttributesList()))
                .containsEntry(
                        "gen_ai.input.messages",
                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi?\"}]}]")
                .containsEntry(
                        "gen_ai.output.messages",
                        "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi.\"}],\"finish_reason\":\"length\"}]");
        Event without = TracedCalls.event(1, call, new Fields(List.of("id"), Map.of(), true));
        assertThat(spans(without).toString()).doesNotContain("Hi?");
    }

    @Test
    void messagesOfEveryKindAreRead() {
        assertThat(
                        Messages.answered(
                                """
                                data: {"choices":[{"index":0,"delta":{"content":"It "}}]}

                                data: {"choices":[{"index":0,"delta":{"content":"is."},"finish_reason":"stop"}]}

                                data: [DONE]

                                """))
                .isEqualTo(
                        "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"It is.\"}],\"finish_reason\":\"stop\"}]");
        assertThat(Messages.asked("{\"instructions\":\"Be brief.\",\"input\":\"Hi?\"}"))
                .contains("\"system\"", "Be brief.", "\"user\"", "Hi?");
        assertThat(
                        Messages.answered(
                                "{\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi.\"}]}]}"))
                .contains("\"text\",\"content\":\"Hi.\"", "\"finish_reason\":\"stop\"");
        assertThat(
                        Messages.answered(
                                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]}"))
                .contains("\"tool_call\"", "\"name\":\"f\"");
        assertThat(
                        Messages.asked(
                                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}"))
                .contains("\"type\":\"image_url\"");
        assertThat(Messages.asked("{\"messages\":[{\"role\"")).as("cut").isEmpty();
    }

    @Test
    void aFailedCallIsALogRecordOfItsSpan() {
        CallRecord call =
                TracedCalls.call(1)
                        .outcome("upstream_failed", 502)
                        .error("upstream_broken", null, "It broke off.")
                        .build();
        LogRecord log = log(TracedCalls.event(1, call));
        Span span = spans(TracedCalls.event(1, call)).getFirst();
        assertThat(log.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_ERROR);
        assertThat(log.getBody().getStringValue()).isEqualTo("It broke off.");
        assertThat(log.getTraceId()).isEqualTo(span.getTraceId());
        assertThat(log.getSpanId()).isEqualTo(span.getSpanId());
        assertThat(log.getAttributesList()).isEqualTo(span.getAttributesList());
        CallRecord theirs = TracedCalls.call(2).outcome("client_gone", 0).build();
        assertThat(log(TracedCalls.event(2, theirs)).getSeverityText()).isEqualTo("WARN");
    }

    @Test
    void metricsAreHistogramsOfTheBatchAlone() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            events.add(TracedCalls.event(i, TracedCalls.call(i).stream(50L * i).build()));
        }
        events.add(
                TracedCalls.event(
                        10,
                        TracedCalls.call(10)
                                .outcome("completed", 500)
                                .error("server_error", null, null)
                                .usage(Usage.NONE, Confidence.NONE)
                                .latency(2_000, 1_000)
                                .build()));
        Map<String, Metric> metrics = metrics(events, new Names(10));
        assertThat(metrics.keySet())
                .containsExactly(
                        "gen_ai.client.operation.duration",
                        "gen_ai.client.token.usage",
                        "gen_ai.server.time_to_first_token");
        Metric duration = metric(metrics, "gen_ai.client.operation.duration");
        assertThat(duration.getUnit()).isEqualTo("s");
        assertThat(duration.getHistogram().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        assertThat(duration.getHistogram().getDataPointsList()).hasSize(2);
        HistogramDataPoint good = duration.getHistogram().getDataPoints(0);
        assertThat(good.getCount()).isEqualTo(10);
        assertThat(good.getSum()).isBetween(0.99, 1.01);
        assertThat(good.getExplicitBoundsList()).hasSize(14).startsWith(0.01).endsWith(81.92);
        assertThat(good.getBucketCountsList()).hasSize(15);
        assertThat(good.getBucketCounts(4)).as("0.08 < 0.1 <= 0.16").isEqualTo(10);
        assertThat(texts(duration.getHistogram().getDataPoints(1).getAttributesList()))
                .containsEntry("error.type", "server_error");
        List<HistogramDataPoint> tokens =
                metric(metrics, "gen_ai.client.token.usage").getHistogram().getDataPointsList();
        assertThat(tokens).hasSize(2);
        assertThat(texts(tokens.getFirst().getAttributesList()))
                .containsEntry("gen_ai.token.type", "input");
        assertThat(tokens.getFirst().getSum()).isEqualTo(100);
        HistogramDataPoint first =
                metric(metrics, "gen_ai.server.time_to_first_token")
                        .getHistogram()
                        .getDataPoints(0);
        assertThat(first.getCount()).isEqualTo(10);
        assertThat(first.getMax()).isEqualTo(0.45);
        assertThat(first.getBucketCounts(0)).as("0 is at most 0.001").isEqualTo(1);
    }

    @Test
    void modelsThatClientsInventMakeNoSeriesOfTheirOwn() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(
                    TracedCalls.event(i, TracedCalls.call(i).model("invented-" + i, null).build()));
        }
        events.add(
                TracedCalls.event(
                        100, TracedCalls.call(100).model("strange", null).caller(null).build()));
        Names names = new Names(5);
        List<HistogramDataPoint> points =
                metric(metrics(events, names), "gen_ai.client.operation.duration")
                        .getHistogram()
                        .getDataPointsList();
        assertThat(points).as("five, all the others, and one without").hasSize(7);
        assertThat(points.toString()).doesNotContain("invented-5", "strange");
        assertThat(names.of("x".repeat(1_000))).isEqualTo(Names.OTHER);
    }

    @Test
    void anyRecordCanBeSent() {
        RandomCalls calls = new RandomCalls(7);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(TracedCalls.event(i, calls.next()));
        }
        assertThat(spans(events.toArray(Event[]::new))).hasSizeGreaterThanOrEqualTo(300);
        assertThat(Logs.request(events, RESOURCE, SCOPE).getSerializedSize()).isPositive();
        assertThat(metrics(events, new Names(5))).isNotEmpty();
    }

    @Test
    void whatIsFreeOrHasNoPriceSaysSo() {
        CallRecord free = TracedCalls.call(1).cost(new Cost.Free()).build();
        CallRecord unpriced = TracedCalls.call(2).cost(new Cost.Unpriced("no such model")).build();
        assertThat(texts(spans(TracedCalls.event(1, free)).getFirst().getAttributesList()))
                .containsEntry("weir.cost.state", "free")
                .containsEntry("weir.cost.nano_usd", "0");
        assertThat(texts(spans(TracedCalls.event(2, unpriced)).getFirst().getAttributesList()))
                .containsEntry("weir.cost.unpriced_reason", "no such model")
                .doesNotContainKey("weir.cost.nano_usd");
    }

    private static List<Span> spans(Event... events) {
        return Spans.request(List.of(events), RESOURCE, SCOPE)
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpansList();
    }

    private static LogRecord log(Event event) {
        return Logs.request(List.of(event), RESOURCE, SCOPE)
                .getResourceLogs(0)
                .getScopeLogs(0)
                .getLogRecords(0);
    }

    private static Map<String, Metric> metrics(List<Event> events, Names names) {
        Map<String, Metric> metrics = new TreeMap<>();
        Metrics.request(events, names, RESOURCE, SCOPE)
                .getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetricsList()
                .forEach(metric -> metrics.put(metric.getName(), metric));
        return metrics;
    }

    private static Metric metric(Map<String, Metric> metrics, String name) {
        return Objects.requireNonNull(metrics.get(name));
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new TreeMap<>();
        for (KeyValue each : attributes) {
            assertThat(texts.put(each.getKey(), text(each.getValue()))).as(each.getKey()).isNull();
        }
        return texts;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            default ->
                    value.getArrayValue().getValuesList().stream()
                            .map(OtlpMessagesTest::text)
                            .toList()
                            .toString();
        };
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
