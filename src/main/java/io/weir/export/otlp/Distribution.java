package io.weir.export.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.Arrays;
import java.util.List;

/** How values are spread over buckets with these upper bounds. Mutable, for one thread. */
final class Distribution {
    private final double[] bounds;
    private final long[] counts;
    private double sum;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    Distribution(double[] bounds) {
        this.bounds = bounds;
        this.counts = new long[bounds.length + 1];
    }

    void add(double value) {
        int found = Arrays.binarySearch(bounds, value);
        counts[found < 0 ? -found - 1 : found]++;
        sum += value;
        least = Math.min(least, value);
        most = Math.max(most, value);
    }

    HistogramDataPoint point(List<KeyValue> attributes, long startNanos, long endNanos) {
        HistogramDataPoint.Builder point =
                HistogramDataPoint.newBuilder()
                        .addAllAttributes(attributes)
                        .setStartTimeUnixNano(startNanos)
                        .setTimeUnixNano(endNanos)
                        .setCount(Arrays.stream(counts).sum())
                        .setSum(sum)
                        .setMin(least)
                        .setMax(most);
        for (double bound : bounds) {
            point.addExplicitBounds(bound);
        }
        for (long count : counts) {
            point.addBucketCounts(count);
        }
        return point.build();
    }
}
