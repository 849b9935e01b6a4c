package dev.laneway.provider;

import dev.laneway.contracts.Zone;
import java.time.Duration;
import java.util.Set;

/**
 * How a process works as provider-workers.
 *
 * @param zones whose attempts it takes; a worker that runs beside local models can be kept out of the cloud's
 * @param maxInFlight calls under way at once, for each zone; at least 1
 * @param capPerPartition unfinished attempts of a partition from which on it is paused; at least 1
 * @param connectTimeout for a connection to a vendor, its name's resolution and TLS among it
 */
public record ProviderSettings(Set<Zone> zones, int maxInFlight, int capPerPartition, Duration connectTimeout) {
    public ProviderSettings {
        zones = Set.copyOf(zones);
        if (zones.isEmpty() || maxInFlight < 1 || capPerPartition < 1) {
            throw new IllegalArgumentException("at least one zone, one call in flight and one attempt a partition");
        }
        if (connectTimeout.toMillis() < 1 || connectTimeout.toMinutes() > 5) {
            throw new IllegalArgumentException("connectTimeout is between 1 ms and 5 min");
        }
    }

    /** Both zones, 1,000 calls in flight. */
    public static ProviderSettings defaults() {
        return new ProviderSettings(Set.of(Zone.LOCAL, Zone.CLOUD), 1_000, 250, Duration.ofSeconds(5));
    }

    public ProviderSettings withMaxInFlight(int calls) {
        return new ProviderSettings(zones, calls, capPerPartition, connectTimeout);
    }

    public ProviderSettings withZones(Set<Zone> only) {
        return new ProviderSettings(only, maxInFlight, capPerPartition, connectTimeout);
    }
}
