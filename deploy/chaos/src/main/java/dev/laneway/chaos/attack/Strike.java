package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Role;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One blow.
 *
 * @param scenario of which attack
 * @param what was done, for people
 * @param at when it began, epoch milliseconds
 * @param until when it was mended
 * @param killed the role of which a process was killed
 * @param silenced an ingress that could not answer meanwhile, by its own timer either
 */
public record Strike(
        String scenario,
        String what,
        long at,
        long until,
        @Nullable Role killed,
        @Nullable URI silenced) {
    public Strike {
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(what, "what");
    }

    Strike mended() {
        return new Strike(scenario, what, at, System.currentTimeMillis(), killed, silenced);
    }
}
