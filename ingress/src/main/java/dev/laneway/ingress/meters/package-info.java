/** What the ingress counts and times; the balance between the counters is written at {@link dev.laneway.ingress.meters.IngressMetric}. */
@NullMarked
package dev.laneway.ingress.meters;

import org.jspecify.annotations.NullMarked;
