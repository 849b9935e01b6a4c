package dev.laneway.runtime.idempotency;

import dev.laneway.contracts.Fact;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;

/**
 * The store as accounting fills it. Writing a fact again, or an older one after a newer, changes nothing. A future fails where the
 * store does not answer. To be used on the context it was made on.
 */
public interface IdempotencyRecords {
    /**
     * Which store answers, and whether it holds what the log says.
     *
     * @param server changes with every start of the store
     */
    record Standing(String server, boolean restored) {
        public Standing {
            Objects.requireNonNull(server, "server");
        }
    }

    Future<Standing> standing();

    /**
     * Writes what a fact says of its request's names; does nothing for one without names.
     *
     * @param left how long it is to be remembered from now on, positive
     */
    Future<Void> write(Fact fact, Duration left);

    /** Everything is written: keys may be claimed. Fails where another store answers by now. */
    Future<Void> restored(String server);

    Future<Void> close();
}
