package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;

/** Looks in the log for what became of an attempt. */
@FunctionalInterface
public interface Recall {
    /**
     * What is there of an attempt. Does not fail: it waits for as long as the broker is away.
     *
     * @param since when it was sent at the earliest, epoch milliseconds by some other machine's clock
     */
    Future<Remains> of(Taken<Attempt> taken, long since);
}
