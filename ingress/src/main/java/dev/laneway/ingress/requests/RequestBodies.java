package dev.laneway.ingress.requests;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Request;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds what clients sent. Safe on any thread; a future completes on the caller's context. */
@FunctionalInterface
public interface RequestBodies {
    /**
     * A request with its body.
     *
     * @param body whole, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // the body is handed on, not copied
    record Sent(Request request, byte[] body) {}

    /**
     * Looks a request up.
     *
     * @return empty where it is not kept any more; fails with {@link RequestHistory.Busy}, or where the broker does not answer in time
     */
    Future<Optional<Sent>> find(Fact.Subject subject);

    /** Lets go of what it reads with. */
    default void close() {}
}
