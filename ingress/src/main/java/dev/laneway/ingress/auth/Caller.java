package dev.laneway.ingress.auth;

import java.util.Objects;

/**
 * Whoever presented a valid key.
 *
 * @param owner id of who pays for what the key asks
 */
public record Caller(String owner) {
    /** The holder of the master key. */
    public static final Caller MASTER = new Caller("master");

    public Caller {
        Objects.requireNonNull(owner, "owner");
    }
}
