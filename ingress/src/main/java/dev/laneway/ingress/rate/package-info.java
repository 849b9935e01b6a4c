/**
 * How much keys, teams, users, tags, models and everything may ask for in a minute, in an hour and at once. A {@link
 * dev.laneway.ingress.rate.RateGate} finds whose limits a request is under and asks a {@link dev.laneway.runtime.rate.RateStore}, which
 * counts for all replicas. A request under no limit asks nobody. The limits of deployments and providers are the router's.
 */
@NullMarked
package dev.laneway.ingress.rate;

import org.jspecify.annotations.NullMarked;
