/** What a worker counts and times, and how its counters balance: {@link dev.laneway.provider.meters.ProviderMetric}. */
@NullMarked
package dev.laneway.provider.meters;

import org.jspecify.annotations.NullMarked;
