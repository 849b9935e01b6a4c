/** What a router counts, and how its counters balance: {@link dev.laneway.router.meters.RouterMetric}. */
@NullMarked
package dev.laneway.router.meters;

import org.jspecify.annotations.NullMarked;
