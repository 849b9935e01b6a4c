package dev.laneway.runtime.idempotency;

import dev.laneway.contracts.ClientNames;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * The names that clients gave their requests, as an ingress uses them. Keys and labels are digests that hold the owner. A future fails,
 * within about a second, where the store does not answer: then nothing is known, and nothing may be promised. To be used on the context
 * it was made on.
 */
public interface IdempotencyStore {
    /**
     * Takes a key for a request, in one step for all ingresses. A key whose last request ended in a way that lets it run again (see
     * {@link KeyRule}) is free.
     *
     * @param names with a key
     * @param provisional how long the claim lives unless it is kept: longer than a publication takes
     */
    Future<Claim> claim(ClientNames names, String requestId, Duration provisional);

    /** The broker has the request: its claim lives that long. Nobody waits for it; accounting says it again. */
    void keep(String key, String requestId, Duration lifetime);

    /** The request was not accepted after all. Does nothing where the key is another's by now. */
    void release(String key, String requestId);

    /** From now on a label stands for that request, whatever it stood for. Nobody waits for it. */
    void label(String label, String requestId, Duration lifetime);

    /** Looks a name up, as a key and else as a label. */
    Future<Found> find(String key, String label);

    Future<Void> close();
}
