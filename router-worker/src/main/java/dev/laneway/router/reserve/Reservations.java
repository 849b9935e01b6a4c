package dev.laneway.router.reserve;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import io.vertx.core.Future;

/**
 * Takes the money and the room for an attempt before it is published. Reserving an id again gives the attempt that was reserved first, and that is
 * what the router publishes.
 */
@FunctionalInterface
public interface Reservations {
    /** There are no budgets: every attempt is published as it is. */
    Reservations UNBUDGETED = attempt -> Future.succeededFuture(new Granted(attempt));

    /** Does not fail. */
    Future<Answer> reserve(Attempt attempt);

    /** What became of it. */
    sealed interface Answer {}

    /** @param attempt to be published: what it can cost at most is held */
    record Granted(Attempt attempt) implements Answer {}

    /** There is no money or no room for it: it counts as an attempt that came back uncalled. */
    record Denied(Failure failure) implements Answer {}
}
