package dev.laneway.router.plan;

import dev.laneway.router.health.Standings;
import java.util.Objects;

/**
 * What a decision rests on besides its input.
 *
 * @param table the config in force
 * @param standings how the deployments are
 * @param now epoch milliseconds
 * @param mayWait whether there is room for one more request that waits
 */
public record Situation(RoutingTable table, Standings standings, long now, boolean mayWait) {
    public Situation {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(standings, "standings");
    }
}
