package dev.laneway.router.handling;

import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;

/**
 * Whether the consequence of an input is drawn: by a router before this one, from another record of the same failure, or by this one, unseen.
 * What was published is not drawn a second time, perhaps otherwise: a request then had two plans, or two ends.
 */
@FunctionalInterface
public interface Sequel {
    /** True where the attempt that follows, or an end of the request, be it an answer, is in the log. Does not fail; waits while the broker is away. */
    Future<Boolean> isDrawn(Taken<Input> taken);
}
