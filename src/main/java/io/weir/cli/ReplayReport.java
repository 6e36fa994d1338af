package io.weir.cli;

import io.weir.replay.Histogram;
import io.weir.replay.ReplaySummary;
import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What a replay saw, in words and in JSON. */
final class ReplayReport {
    private ReplayReport() {}

    /** For people. */
    static List<String> lines(ReplaySummary summary) {
        List<String> lines = new ArrayList<>();
        lines.addAll(counts(summary).lines());
        lines.add("");
        lines.addAll(times(summary).lines());
        lines.add("");
        lines.addAll(tokens(summary).lines());
        long differing = summary.tokens().differing();
        if (differing > 0) {
            lines.add(Amounts.count(differing) + " calls used other tokens than the trace says.");
        }
        return lines;
    }

    private static Columns counts(ReplaySummary summary) {
        double seconds = summary.elapsed().toNanos() / 1e9;
        Columns columns = new Columns("lr");
        columns.row("calls in the trace", Amounts.count(summary.planned()));
        if (summary.sent() < summary.planned()) {
            columns.row("sent", Amounts.count(summary.sent()));
        }
        columns.row("answered", Amounts.count(summary.succeeded()));
        columns.row("failed", Amounts.count(summary.failed()));
        summary.failures().forEach((word, count) -> columns.row("  " + word, Amounts.count(count)));
        columns.row("took", Amounts.time(summary.elapsed().toNanos()));
        columns.row(
                "calls a second",
                String.format(Locale.ROOT, "%.1f", summary.sent() / Math.max(1e-9, seconds)));
        return columns;
    }

    private static Columns times(ReplaySummary summary) {
        Columns columns =
                new Columns("lrrrrr").row("milliseconds", "p50", "p90", "p99", "p99.9", "max");
        row(columns, "latency", summary.latency());
        row(columns, "first token", summary.firstToken());
        row(columns, "started late by", summary.lateness());
        return columns;
    }

    private static void row(Columns columns, String name, Histogram times) {
        if (times.count() > 0) {
            columns.row(
                    name,
                    Amounts.millis((double) times.percentile(50)),
                    Amounts.millis((double) times.percentile(90)),
                    Amounts.millis((double) times.percentile(99)),
                    Amounts.millis((double) times.percentile(99.9)),
                    Amounts.millis((double) times.max()));
        }
    }

    private static Columns tokens(ReplaySummary summary) {
        ReplaySummary.Tokens tokens = summary.tokens();
        return new Columns("lrr")
                .row(
                        "tokens of " + Amounts.count(tokens.calls()) + " calls",
                        "answers say",
                        "trace says")
                .row("in", Amounts.count(tokens.inputSeen()), Amounts.count(tokens.inputInTrace()))
                .row(
                        "out",
                        Amounts.count(tokens.outputSeen()),
                        Amounts.count(tokens.outputInTrace()));
    }

    /** For programs. */
    static ObjectNode json(ReplaySummary summary) {
        ReplaySummary.Tokens tokens = summary.tokens();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("planned", summary.planned());
        json.put("sent", summary.sent());
        json.put("succeeded", summary.succeeded());
        json.put("failed", summary.failed());
        ObjectNode statuses = json.putObject("statuses");
        summary.statuses().forEach((status, count) -> statuses.put(status.toString(), count));
        ObjectNode failures = json.putObject("failures");
        summary.failures().forEach(failures::put);
        json.put("elapsed_us", summary.elapsed().toNanos() / 1_000);
        json.set("latency_us", Percentiles.json(summary.latency()));
        json.set("first_token_us", Percentiles.json(summary.firstToken()));
        json.set("lateness_us", Percentiles.json(summary.lateness()));
        json.put("calls_with_usage", tokens.calls());
        json.put("calls_differing_from_trace", tokens.differing());
        json.put("total_input_tokens", tokens.inputSeen());
        json.put("total_output_tokens", tokens.outputSeen());
        json.put("trace_input_tokens", tokens.inputInTrace());
        json.put("trace_output_tokens", tokens.outputInTrace());
        return json;
    }
}
