package io.weir.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * All metrics as Prometheus reads them: its text format, OpenMetrics, or protobuf, as the reader
 * accepts. One scrape at a time, under this object's lock: with thousands of series each takes some
 * megabytes.
 */
public final class Exposition {
    private final PrometheusRegistry registry;
    private final ExpositionFormats formats = ExpositionFormats.init();

    /** Of calls, and of what is asked anew each time. */
    public Exposition(CallMetrics calls, List<MultiCollector> others) {
        registry = calls.registry();
        others.forEach(registry::register);
    }

    /** Metrics, written. */
    public record Written(String contentType, byte[] content) {}

    /**
     * The metrics as they are now.
     *
     * @param accept the reader's field of that name; null where it sent none
     */
    public synchronized Written write(@Nullable String accept, boolean gzip) {
        ExpositionFormatWriter writer = formats.findWriter(accept == null ? "" : accept);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes) {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return new Written(writer.getContentType(), bytes.toByteArray());
    }
}
