package dev.laneway.runtime.kafka;

import java.util.Objects;

/**
 * How a source reads.
 *
 * @param name of the consumer, for its client id and metrics: a bounded set
 * @param group the consumer group
 * @param capPerPartition unfinished records of a partition from which on it is paused; at least 1
 * @param gathering whether the broker may hold records back until there are many, for at most a fraction of a second:
 *     less work where nobody waits for them
 * @param maxBytes of unfinished records from which on nothing is taken; at least 1. One fetch comes on top
 */
public record SourceSettings(String name, String group, int capPerPartition, boolean gathering, long maxBytes) {
    /** As many bytes as the heap has room for. */
    public SourceSettings(String name, String group, int capPerPartition, boolean gathering) {
        this(
                name,
                group,
                capPerPartition,
                gathering,
                InFlightBytes.limitFor(Runtime.getRuntime().maxMemory()));
    }

    /** Each record at once. */
    public SourceSettings(String name, String group, int capPerPartition) {
        this(name, group, capPerPartition, false);
    }

    public SourceSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(group, "group");
        if (capPerPartition < 1) {
            throw new IllegalArgumentException("capPerPartition is at least 1");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes is at least 1");
        }
    }
}
