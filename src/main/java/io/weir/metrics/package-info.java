/** What Prometheus reads: calls counted and timed as they end, and how the gateway is. */
@NullMarked
package io.weir.metrics;

import org.jspecify.annotations.NullMarked;
