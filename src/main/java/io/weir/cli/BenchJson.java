package io.weir.cli;

import io.weir.replay.BenchPlan;
import io.weir.replay.BenchResult;
import io.weir.replay.BenchRun;
import io.weir.replay.Histogram;
import io.weir.replay.LoadTarget;
import io.weir.wire.Json;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/** What a benchmark measured, for programs. */
final class BenchJson {
    private final BenchResult result;
    private final BenchPlan plan;

    BenchJson(BenchResult result) {
        this.result = result;
        this.plan = result.plan();
    }

    /** One object: each target's medians, what it adds, and every turn. */
    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("setting", new BenchReport(result).setting());
        json.put("rounds", plan.rounds());
        json.put("duration_ms", plan.duration().toMillis());
        ObjectNode all = json.putObject("targets");
        for (LoadTarget target : plan.targets()) {
            ObjectNode one = all.putObject(target.name());
            one.put("base_url", target.baseUrl().toString());
            one.put("calls_per_second", result.median(target.name(), BenchRun::callsPerSecond));
            cpuJson(one, "cpu_us_per_call", target, BenchRun::cpuMicrosPerCall);
            cpuJson(one, "generator_us_per_call", target, BenchRun::generatorMicrosPerCall);
            String name = target.name();
            timesJson(one, "", figure -> result.median(name, figure));
            timesJson(one, "added_", figure -> result.added(name, figure));
        }
        result.runs().forEach(run -> runJson(json.withArray("runs").addObject(), run));
        return json;
    }

    private void cpuJson(
            ObjectNode json,
            String name,
            LoadTarget target,
            Function<BenchRun, OptionalDouble> figure) {
        OptionalDouble micros = result.medianIfThere(target.name(), figure);
        json.put(name, micros.isPresent() ? Double.valueOf(micros.getAsDouble()) : null);
    }

    private void timesJson(
            ObjectNode json, String prefix, Function<ToDoubleFunction<BenchRun>, Double> figureOf) {
        percentilesJson(json.putObject(prefix + "latency_us"), BenchRun::latency, figureOf);
        if (result.streamed()) {
            percentilesJson(
                    json.putObject(prefix + "first_token_us"), BenchRun::firstToken, figureOf);
        }
    }

    private static void percentilesJson(
            ObjectNode json,
            Function<BenchRun, Histogram> of,
            Function<ToDoubleFunction<BenchRun>, Double> figureOf) {
        for (double percent : Percentiles.SHOWN) {
            double nanos = figureOf.apply(run -> of.apply(run).percentile(percent));
            json.put(Percentiles.name(percent), Percentiles.micros(nanos));
        }
        json.put("max", Percentiles.micros(figureOf.apply(run -> of.apply(run).max())));
    }

    private static void runJson(ObjectNode json, BenchRun run) {
        json.put("target", run.target());
        json.put("round", run.round());
        json.put("calls", run.calls());
        ObjectNode failures = json.putObject("failures");
        run.failures().forEach(failures::put);
        json.put("calls_per_second", run.callsPerSecond());
        run.cpuMicrosPerCall().ifPresent(micros -> json.put("cpu_us_per_call", micros));
        run.generatorMicrosPerCall().ifPresent(micros -> json.put("generator_us_per_call", micros));
        json.set("latency_us", Percentiles.json(run.latency()));
        json.set("first_token_us", Percentiles.json(run.firstToken()));
        json.set("lateness_us", Percentiles.json(run.lateness()));
    }
}
