package dev.laneway.runtime.role;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** A role at work. Safe on any thread. */
public interface RunningRole {
    String name();

    /** Why it can't serve just now, a short sentence each; empty while it can. Asked often: answers from memory. */
    List<String> notReady();

    /**
     * Accepts nothing new, finishes what is in flight, flushes and closes. Idempotent.
     *
     * @param patience after which the rest is left to whoever takes over
     */
    Future<Void> drain(Duration patience);
}
