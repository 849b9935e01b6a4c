package dev.laneway.router;

import dev.laneway.contracts.Attempt;
import io.vertx.core.Future;

/**
 * Holds the money for an attempt before it is published. Reserving an id again gives the attempt that was reserved first, and that is
 * what the router publishes.
 */
@FunctionalInterface
interface Reservations {
    /** No budget is configured, so there is nothing to hold: every attempt is published as it is. */
    Reservations UNBUDGETED = Future::succeededFuture;

    /** @return the attempt to publish, once what it may cost at most is held */
    Future<Attempt> reserve(Attempt attempt);
}
