package dev.laneway.runtime.money;

import io.vertx.core.Future;

/** What routers ask of the memory of budgets. One context. */
@FunctionalInterface
public interface Reserver {
    /**
     * Holds money for an attempt, or says why not. Asked again for an id, it answers as the first time. Fails where the memory is away.
     */
    Future<Reserved> reserve(Ask ask);
}
