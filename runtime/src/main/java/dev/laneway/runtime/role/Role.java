package dev.laneway.runtime.role;

import io.vertx.core.Future;

/** One of the four roles, ready to be started. */
public interface Role {
    /** {@code ingress}, {@code router-worker}, {@code provider-workers} or {@code accounting}. */
    String name();

    /** Starts it; the future succeeds when it serves, or fails with a message of one line that says why it can't. */
    Future<RunningRole> start(RoleContext context);
}
