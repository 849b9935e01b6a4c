package dev.laneway.router.health;

import dev.laneway.contracts.Health;
import java.util.Objects;

/**
 * How a deployment is.
 *
 * @param until end of the state, epoch milliseconds; 0 where it has none
 */
public record Standing(Health.State state, long until) {
    public static final Standing SERVING = new Standing(Health.State.SERVING, 0);

    public Standing {
        Objects.requireNonNull(state, "state");
    }
}
