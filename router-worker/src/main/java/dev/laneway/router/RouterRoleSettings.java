package dev.laneway.router;

import dev.laneway.contracts.Zone;
import java.util.Set;

/**
 * What of the router can be set, besides the config file.
 *
 * @param zones whose requests it plans; at least one
 * @param capPerPartition unfinished records of a partition from which on it is paused
 * @param waitingPerPartition requests of a partition that may wait at once for a next try; smaller than the cap, so that those that
 *     wait can't stop the others
 */
public record RouterRoleSettings(Set<Zone> zones, int capPerPartition, int waitingPerPartition) {
    public RouterRoleSettings {
        zones = Set.copyOf(zones);
        if (zones.isEmpty()) {
            throw new IllegalArgumentException("a router plans for at least one zone");
        }
        if (waitingPerPartition < 0 || waitingPerPartition >= capPerPartition) {
            throw new IllegalArgumentException("waitingPerPartition must be below capPerPartition");
        }
    }

    /** Both zones; 1,000 records of a partition in flight, 750 of them waiting. */
    public static RouterRoleSettings defaults() {
        return new RouterRoleSettings(Set.of(Zone.values()), 1_000, 750);
    }

    public RouterRoleSettings withZones(Set<Zone> only) {
        return new RouterRoleSettings(only, capPerPartition, waitingPerPartition);
    }
}
