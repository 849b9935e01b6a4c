package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import io.vertx.core.Future;

/**
 * The right to make an attempt's call. This is the seam for claims that outlive a process and are shared by all of them (a store with
 * incarnations, fences and epochs); whoever implements it must answer within milliseconds, and grant an id once.
 */
public interface Claims {
    /** Asks for an attempt. */
    Future<Claim> claim(Attempt attempt);

    /** The call begins: when the future has succeeded, bytes may leave. From here on the id is never granted again. */
    Future<Void> markSent(Attempt attempt);

    /** The outcome is acknowledged by the broker. */
    void settled(Attempt attempt);

    /** Gives an attempt back that was not sent, because it is to be delivered again. */
    void release(Attempt attempt);
}
