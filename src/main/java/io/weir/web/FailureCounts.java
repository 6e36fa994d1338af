package io.weir.web;

import io.weir.report.FailureClass;
import io.weir.report.Failures;
import io.weir.report.Measure;
import io.weir.report.Series;
import io.weir.report.Steps;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How many calls failed in which way, over time. */
final class FailureCounts {
    private final Steps steps;
    private final long[] calls;
    private final Map<FailureClass, long[]> failed = new EnumMap<>(FailureClass.class);

    /** Those of a table of {@link Failures#overTime}. */
    FailureCounts(Table overTime, Steps steps) {
        this.steps = steps;
        this.calls = new long[steps.count()];
        for (int row = 0; row < overTime.rows().size(); row++) {
            if (overTime.cell(row, Series.TIME) instanceof Instant time
                    && overTime.cell(row, Measure.CALLS.name()) instanceof Long count) {
                int step = steps.position(time);
                calls[step] += count;
                for (FailureClass each : FailureClass.values()) {
                    if (each.word().equals(overTime.cell(row, Failures.CLASS))) {
                        failed.computeIfAbsent(each, _ -> new long[steps.count()])[step] += count;
                    }
                }
            }
        }
    }

    /** The colour of a class, the same everywhere. */
    static String tone(FailureClass each) {
        return switch (each) {
            case CLIENT_GONE -> "plain";
            case REFUSED -> "c8";
            case TIME_OUT -> "c3";
            case CONNECTION -> "c4";
            case INTERRUPTED -> "c2";
            case RATE_LIMIT -> "c5";
            case ACCESS -> "c7";
            case BAD_REQUEST -> "c1";
            case SERVER -> "c6";
        };
    }

    long calls() {
        return Arrays.stream(calls).sum();
    }

    long failed() {
        return failed.values().stream().flatMapToLong(Arrays::stream).sum();
    }

    long of(FailureClass each) {
        return Arrays.stream(failed.getOrDefault(each, new long[0])).sum();
    }

    /** The class that most failed calls are of. */
    FailureClass worst() {
        return Arrays.stream(FailureClass.values())
                .max(Comparator.comparingLong(this::of))
                .orElseThrow();
    }

    /** The part of the calls that failed, by class. */
    Chart rate() {
        Chart chart = new Chart("rate", "Error rate", Chart.Kind.BAR, Unit.SHARE, steps);
        for (Map.Entry<FailureClass, long[]> each : failed.entrySet()) {
            chart = chart.add(line(each.getKey(), each.getValue(), true));
        }
        return chart;
    }

    /** How many calls failed, by class. */
    Chart count() {
        Chart chart = new Chart("failed", "Failed calls", Chart.Kind.BAR, Unit.CALLS, steps);
        for (Map.Entry<FailureClass, long[]> each : failed.entrySet()) {
            chart = chart.add(line(each.getKey(), each.getValue(), false));
        }
        return chart;
    }

    private Chart.Line line(FailureClass each, long[] counts, boolean share) {
        List<Double> values =
                IntStream.range(0, counts.length)
                        .mapToObj(step ->
                                share && calls[step] > 0
                                        ? (double) counts[step] / calls[step]
                                        : (double) counts[step])
                        .toList();
        return new Chart.Line(each.word(), tone(each), values);
    }
}
