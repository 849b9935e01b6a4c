package dev.laneway.router;

import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;

/**
 * Whether a router before this one has drawn its consequence from an input that is delivered again. One that was published is not drawn a
 * second time, perhaps otherwise: a request then had two plans.
 */
@FunctionalInterface
interface Sequel {
    /** True where the attempt that follows, or the request's end, is in the log. Does not fail; waits while the broker is away. */
    Future<Boolean> isDrawn(Taken<Input> taken);
}
