/**
 * Metrics by Micrometer, as Prometheus reads them. Each role lists its metrics in an enum of {@link
 * dev.laneway.runtime.meters.MetricName}s and writes there how they balance; tags are a closed set, so that no unbounded value (a
 * request id, a key, a client's model name) can become one.
 */
@NullMarked
package dev.laneway.runtime.meters;

import org.jspecify.annotations.NullMarked;
