package dev.laneway.ingress.requests;

import io.vertx.core.Future;
import java.util.Optional;

/** Finds what became of requests. Safe on any thread; a future completes on the caller's context. */
public interface RequestHistory {
    /** Too many searches are under way. */
    final class Busy extends RuntimeException {
        public Busy() {
            super("too many requests are looked up", null, false, false);
        }
    }

    /**
     * Looks a request up by the gateway's own id.
     *
     * @return empty where nothing is known of it (any more); fails with {@link Busy}, or where the broker does not answer in time
     */
    Future<Optional<Past>> find(String requestId);
}
