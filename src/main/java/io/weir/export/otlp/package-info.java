/**
 * Hands calls on by OpenTelemetry's protocol: spans, log records and metrics made of records, by
 * HTTP or gRPC.
 */
@NullMarked
package io.weir.export.otlp;

import org.jspecify.annotations.NullMarked;
