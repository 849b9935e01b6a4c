package dev.laneway.router;

import java.util.Objects;

/**
 * What a decision rests on besides its input.
 *
 * @param table the config in force
 * @param standings how the deployments are
 * @param now epoch milliseconds
 * @param mayWait whether there is room for one more request that waits
 */
record Situation(RoutingTable table, Standings standings, long now, boolean mayWait) {
    Situation {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(standings, "standings");
    }
}
