package dev.laneway.provider.claims;

import io.vertx.core.Future;

/** What the one who asks for an attempt may do. */
public sealed interface Claim {
    /** Nobody sent it: call {@link Claims#markSent} before a byte leaves, and {@link Claims#settled} when the outcome is acknowledged. */
    record Granted() implements Claim {}

    /**
     * Somebody has it: never call.
     *
     * @param settled succeeds when the holder's outcome is acknowledged; fails where the holder gave it back unsent, or died
     */
    record Held(Future<Void> settled) implements Claim {}

    /** Its holder died and left something to be told: never call, publish this, then {@link Claims#settled}. */
    record Orphaned(Remains remains) implements Claim {}
}
