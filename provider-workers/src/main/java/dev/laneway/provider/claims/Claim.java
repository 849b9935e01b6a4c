package dev.laneway.provider.claims;

import io.vertx.core.Future;

/** What the one who asks for an attempt may do. */
public sealed interface Claim {
    /** It is yours: call {@link Claims#markSent} before a byte leaves, and {@link Claims#settled} when the outcome is acknowledged. */
    record Granted() implements Claim {}

    /**
     * Somebody has it: never call.
     *
     * @param settled succeeds when the holder's outcome is acknowledged; fails where the holder gave it back unsent
     */
    record Held(Future<Void> settled) implements Claim {}
}
