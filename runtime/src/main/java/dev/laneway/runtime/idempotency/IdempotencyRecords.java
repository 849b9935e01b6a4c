package dev.laneway.runtime.idempotency;

import dev.laneway.contracts.Fact;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * The store as accounting fills it. Writing a fact again, or an older one after a newer, changes nothing. A future fails where the
 * store does not answer. To be used on the context it was made on.
 */
public interface IdempotencyRecords {
    /** Whether the store holds what the log says. */
    Future<Boolean> whole();

    /**
     * Begins to write all that the log says.
     *
     * @return what {@link #restored} is to be told: the store forgets it with all the rest
     */
    Future<String> restoring();

    /**
     * Writes what a fact says of its request's names; does nothing for one without names.
     *
     * @param left how long it is to be remembered from now on, positive
     */
    Future<Void> write(Fact.OfRequest fact, Duration left);

    /** Everything is written: keys may be claimed. Fails where the store has forgotten, or is another one, since the beginning. */
    Future<Void> restored(String beginning);

    Future<Void> close();
}
