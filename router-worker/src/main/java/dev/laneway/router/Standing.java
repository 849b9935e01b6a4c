package dev.laneway.router;

import dev.laneway.contracts.Health;
import java.util.Objects;

/**
 * How a deployment is.
 *
 * @param until end of the state, epoch milliseconds; 0 where it has none
 */
record Standing(Health.State state, long until) {
    static final Standing SERVING = new Standing(Health.State.SERVING, 0);

    Standing {
        Objects.requireNonNull(state, "state");
    }
}
